import Foundation
import MaxConnector
import MaxCore

/// What GitHub means by a refusal where the status alone does not tell.
enum GitHubRefusal {
    /// The wait where GitHub asks for patience and does not say how long, in seconds.
    static let patience = 60.0

    private struct Body: Decodable { let message: String }

    /// What an error of GitHub's says; nil for what is none.
    static func message(in answer: UpstreamResponse) -> String? {
        (try? JSON.decoder.decode(Body.self, from: answer.body))?.message
    }

    /// Reads an answer; nil leaves it to the platform, which knows 401, `Retry-After` and a spent allowance.
    static func problem(in answer: UpstreamResponse, of site: GitHubSite) -> Problem? {
        guard answer.status == 403 || answer.status == 429 else { return nil }
        let message = message(in: answer)?.lowercased() ?? ""
        let isLimit = answer.status == 429 || message.contains("rate limit") || message.contains("abuse detection")
        if isLimit { return saysWhen(answer) ? nil : tooMany }
        if let wish = answer.header("X-GitHub-SSO"), wish.hasPrefix("required") { return singleSignOn(wish, site) }
        return message.contains("suspended") ? suspended : nil
    }

    /// Whether an answer says when to come back.
    private static func saysWhen(_ answer: UpstreamResponse) -> Bool {
        answer.header("Retry-After") != nil
            || answer.header("X-RateLimit-Remaining") == "0" && answer.header("X-RateLimit-Reset") != nil
    }

    private static var tooMany: Problem {
        Problem(
            "rate_limited", .retryable, "GitHub has had too many requests for now and asks to slow down.",
            rung: .answer, fix: .action("Try again in a few minutes."), retryAfter: patience)
    }

    private static var suspended: Problem {
        Problem(
            "account_suspended", .auth, "GitHub has suspended this account.", rung: .signIn,
            fix: .action("Ask GitHub's support, or enter the token of another account."))
    }

    /// The wish of an organisation that whoever reads what is its own signs in through it first.
    private static func singleSignOn(_ wish: String, _ site: GitHubSite) -> Problem {
        let page = wish.firstMatch(of: #/url=(\S+)/#).flatMap { URL(string: String($0.1)) }
        let isOwn = page?.scheme == "https" && page?.host() == site.web.host()
        // Where GitHub names no page for it, its list of tokens has the way to authorise each.
        let way = isOwn ? page ?? site.tokens : site.tokens
        return Problem(
            "single_sign_on_required", .auth,
            "GitHub accepted this token, but an organisation wants it authorised for its single sign-on.",
            rung: .permissions,
            fix: .link(title: "Authorise it at GitHub", url: way))
    }
}

extension UpstreamResponse {
    /// Decodes the body as what was asked for.
    ///
    /// - Throws: ``MaxCore/Problem``; one in GitHub's name where the body is an error that came as a success.
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do { return try decode(type) } catch {
            guard GitHubRefusal.message(in: self) != nil else { throw error }
            throw Problem(
                "provider_failed", .retryable, "GitHub answered with an error of its own instead of data.",
                rung: .answer, fix: .action("Try again in a few minutes; there is nothing to change here."))
        }
    }
}
