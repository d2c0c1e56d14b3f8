internal import Foundation
internal import MaxConnector
internal import MaxCore

/// A request on its way through redirects.
struct RequestHop: Sendable {
    var request: UpstreamRequest
    /// Whether a credential was left behind at an earlier origin.
    var leftCredentialBehind = false

    /// The request that a redirect asks for (RFC 9110, section 15.4); nil when the answer is none.
    ///
    /// To another origin go neither a credential nor a header that could hold one.
    ///
    /// - Throws: ``MaxCore/Problem`` for a redirect that is not followed.
    func following(_ answer: UpstreamResponse, provider: String) throws -> RequestHop? {
        guard [301, 302, 303, 307, 308].contains(answer.status), !request.accepted.contains(answer.status),
            let location = answer.header("Location")
        else { return nil }
        guard let target = URL(string: location, relativeTo: request.url)?.absoluteURL else {
            throw Problem.redirectRefused(provider, "to an address that cannot be read")
        }
        let (old, new) = (try Origin(request.url), try Origin(target))
        guard new.isSecure || !old.isSecure else {
            throw Problem.redirectRefused(provider, "from an encrypted address to an open one")
        }
        var next = self
        next.request.url = target
        if changesToGet(answer.status) {
            next.request.method = .get
            next.request.body = Data()
            next.request.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        if new != old { try next.leaveSecretsBehind(provider) }
        return next
    }

    private func changesToGet(_ status: Int) -> Bool {
        switch status {
        case 303: request.method != .get && request.method != .head
        case 301, 302: request.method == .post
        default: false
        }
    }

    private mutating func leaveSecretsBehind(_ provider: String) throws {
        guard request.body.isEmpty else {
            throw Problem.redirectRefused(provider, "with its contents to another host")
        }
        leftCredentialBehind = leftCredentialBehind || request.authorization != nil
        request.authorization = nil
        request.revalidates = false
        request.headers = HeaderRules.harmless(among: request.headers)
    }
}

extension Problem {
    static func redirectRefused(_ provider: String, _ how: String) -> Problem {
        Problem(
            "redirect_refused", .permanent, "\(provider) sent the request on \(how), so it was not followed.",
            rung: .answer,
            fix: .action("Check the address."))
    }

    static func redirectLoop(_ provider: String) -> Problem {
        Problem(
            "redirect_loop", .permanent, "\(provider) sent the request on again and again without answering it.",
            rung: .answer,
            fix: .action("Check the address."))
    }

    /// A refusal after a redirect for which the credential was left behind.
    static func moved(_ provider: String, to origin: Origin) -> Problem {
        Problem(
            "moved", .permanent,
            "\(provider) sends requests on to \(origin.text), and a credential does not follow to another address.",
            rung: .answer, fix: .action("Use \(origin.text) as the address."))
    }
}
