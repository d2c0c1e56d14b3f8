internal import Foundation
internal import MaxConnector
internal import MaxCore

/// The judge of whole answers: what is none for the connector becomes a problem in the owner's words.
struct AnswerJudge: Sendable {
    let provider: String
    let request: UpstreamRequest
    /// The page on which the owner makes a credential.
    let credentialPage: Problem.Fix?

    /// Lets an answer pass.
    ///
    /// - Throws: ``MaxCore/Problem`` for a status that is neither 2xx nor accepted, and for a web page that nobody
    ///   asked for; ``MaxConnector/NotModified`` when the request allowed that answer.
    func admit(_ answer: UpstreamResponse) throws {
        if answer.status == 304, request.knownTag != nil { throw NotModified() }
        if request.accepted.contains(answer.status) { return }
        if !(200..<300).contains(answer.status), let problem = request.reading?(answer) { throw attributed(problem) }
        switch answer.status {
        case 200..<300: if isUnwantedPage(answer) { throw Problem.notUnderstood(provider, "with a web page") }
        case 401: throw credentialRefused
        case 403: throw RetryAdvice(answer).isRateLimited ? rateLimited(answer) : notPermitted
        case 404: throw notFound
        case 410: throw gone
        case 429: throw rateLimited(answer)
        case 408, 425, 500...: throw faultOfItsOwn(answer)
        case 304: throw Problem.notUnderstood(provider, "that nothing had changed")
        case 300..<400: throw Problem.redirectRefused(provider, "without saying where to")
        default: throw refused
        }
    }

    /// A problem that the connector made, at the credential and with the page that mends it where it is about that.
    private func attributed(_ problem: Problem) -> Problem {
        guard problem.kind == .auth, let handle = request.authorization?.handle else { return problem }
        var problem = problem.attributed(to: handle.name)
        problem.fix = problem.fix ?? credentialPage
        return problem
    }

    private func isUnwantedPage(_ answer: UpstreamResponse) -> Bool {
        let wanted = request.headers.first { $0.name.lowercased() == "accept" }?.value.lowercased()
        if let wanted, wanted.contains("html") || wanted.contains("*/*") { return false }
        guard !answer.body.isEmpty else { return false }
        let type = answer.header("Content-Type")?.lowercased() ?? ""
        let start = String(decoding: answer.body.prefix(64), as: UTF8.self).lowercased().drop(while: \.isWhitespace)
        return type.contains("text/html") || type.contains("application/xhtml")
            || start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }

    private var notFound: Problem {
        Problem(
            "not_found", .permanent, "\(provider) has nothing at this address.", rung: .answer, fix: address)
    }

    private var gone: Problem {
        Problem("gone", .permanent, "\(provider) no longer has what was asked for.", rung: .answer)
    }

    private var address: Problem.Fix { .action("Check the address.") }

    private var credentialRefused: Problem {
        guard let handle = request.authorization?.handle else {
            return Problem(
                "sign_in_required", .auth, "\(provider) answers this only to those who sign in.", rung: .signIn,
                fix: credentialPage)
        }
        return Problem(
            "credential_refused", .auth,
            "\(provider) rejected this \(handle.label.inSentence) — it may be expired, revoked or mistyped.",
            field: handle.name, rung: .signIn,
            fix: credentialPage ?? .action("Create a new one at \(provider) and enter it here."))
    }

    private var notPermitted: Problem {
        guard let handle = request.authorization?.handle else { return credentialRefused }
        return Problem(
            "scope_missing", .auth,
            "\(provider) accepted this \(handle.label.inSentence) but it may not read what is collected.",
            field: handle.name, rung: .permissions,
            fix: credentialPage ?? .action("Give it the permissions that are asked for, at \(provider)."))
    }

    private func rateLimited(_ answer: UpstreamResponse) -> Problem {
        let advice = RetryAdvice(answer)
        let (wish, fix) = words(of: advice)
        return Problem(
            "rate_limited", .retryable, "\(provider) has had too many requests for now\(wish).", rung: .answer,
            fix: .action("Try again \(fix)."), retryAfter: advice.seconds)
    }

    /// What a provider wishes, and when to try again.
    private func words(of advice: RetryAdvice) -> (wish: String, fix: String) {
        if let day = advice.day?.formatted(.iso8601.year().month().day()) {
            return (" and wants none before \(day)", "not before \(day)")
        }
        guard let seconds = advice.seconds else { return ("", "in a few minutes") }
        let time = Duration.seconds(seconds).words
        return (" and asks to wait \(time)", "in \(time)")
    }

    private func faultOfItsOwn(_ answer: UpstreamResponse) -> Problem {
        let cause =
            switch answer.status {
            case 502, 504: "a server behind its entrance does not answer"
            case 503: "it is overloaded or under maintenance"
            case 408, 425: "it gave up waiting"
            default: "an error inside it"
            }
        return Problem(
            "provider_failed", .retryable, "\(provider) has a fault of its own right now (\(cause)).", rung: .answer,
            fix: .action("Try again in a few minutes; there is nothing to change here."),
            retryAfter: RetryAdvice(answer).seconds)
    }

    private var refused: Problem {
        Problem(
            "request_refused", .permanent, "\(provider) did not take the request for a valid one.", rung: .answer,
            fix: address)
    }
}
