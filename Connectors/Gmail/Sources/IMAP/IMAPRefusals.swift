import Foundation
import MaxConnector
import MaxCore

/// What is told of a server that refuses, falls silent or says something other than mail servers do.
struct IMAPRefusals: Sendable {
    let provider: String

    /// What a refused command comes to; at sign-in ``signInProblem(_:_:)`` tells more.
    func problem(_ status: IMAPStatus) -> Problem {
        if status.kind == .bad || status.code == "CLIENTBUG" || status.code == "CANNOT" { return badCommand }
        if let limit = limit(status) { return limit }
        switch status.code {
        case "NONEXISTENT", "TRYCREATE": return absent
        case "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED":
            return Problem(
                "sign_in_required", .auth, "\(provider) answers this only to those who sign in.", rung: .signIn)
        case "NOPERM":
            return Problem(
                "forbidden", .permanent, "\(provider) does not let this account read that mailbox.", rung: .answer,
                fix: .action("Ask whoever runs \(provider) for the permission."))
        default:
            let words = status.text.lowercased()
            let isAbsent = ["unknown mailbox", "doesn't exist", "does not exist", "no such mailbox", "not found"]
                .contains { words.contains($0) }
            return isAbsent ? absent : faulty(status)
        }
    }

    /// What a refused sign-in comes to; `statuses` holds what the server said before, too.
    func signInProblem(_ statuses: [IMAPStatus], _ password: CredentialHandle<SecretValue>) -> Problem {
        guard let end = statuses.last, end.kind == .no || end.kind == .bye else { return badCommand }
        let words = statuses.map(\.text).joined(separator: " ").lowercased()
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if says("application-specific password", "app password") { return appPasswordWanted(password) }
        if says("web login required", "log in via your web browser")
            || statuses.contains(where: { $0.code == "WEBALERT" })
        {
            return webLoginWanted(statuses)
        }
        if says("not enabled for imap", "imap access is disabled", "imap is disabled") { return imapDisabled }
        if let limit = limit(end, words) { return limit }
        switch end.code {
        case "UNAVAILABLE", "INUSE", "SERVERBUG", "CONTACTADMIN": return faulty(end)
        case "PRIVACYREQUIRED": return noSignIn
        default: break
        }
        if end.code == nil, says("temporar", "try again", "system error", "internal error") { return faulty(end) }
        return refused(password, isExpired: end.code == "EXPIRED")
    }

    /// A wait that the server asks for; nil when it asks for none.
    private func limit(_ status: IMAPStatus, _ words: String? = nil) -> Problem? {
        let words = words ?? status.text.lowercased()
        if words.contains("too many simultaneous connections") || words.contains("too many connections")
            || words.contains("maximum number of connections")
        {
            return Problem(
                "rate_limited", .retryable, "\(provider) has too many connections of this account open already.",
                rung: .answer, fix: .action("Close other mail programs, or try again in a minute."), retryAfter: 60)
        }
        let isLimited =
            ["LIMIT", "OVERQUOTA"].contains(status.code)
            || ["lockdown", "bandwidth limit", "command or bandwidth", "too many login failures", "rate limit"]
                .contains { words.contains($0) }
        guard isLimited else { return nil }
        let wait = Self.wait(in: words) ?? 3_600
        return Problem(
            "rate_limited", .retryable,
            "\(provider) has had enough of this account's requests for now and wants a pause.", rung: .answer,
            fix: .action(
                wait < 120
                    ? "Try again in a moment." : "Try again in an hour; close other mail programs meanwhile."),
            retryAfter: wait)
    }

    /// The wait that words name, such as “in 5 minutes”, in seconds.
    private static func wait(in words: String) -> Double? {
        let units = ["second": 1.0, "minute": 60, "hour": 3_600]
        guard let found = words.firstMatch(of: #/in ([0-9]{1,4}) (second|minute|hour)/#),
            let count = Double(found.1), let unit = units[String(found.2)]
        else { return nil }
        return count * unit
    }

    private func refused(_ password: CredentialHandle<SecretValue>, isExpired: Bool) -> Problem {
        let label = password.label.prefix(1).lowercased() + password.label.dropFirst()
        return Problem(
            "credential_refused", .auth,
            isExpired
                ? "\(provider) says that this \(label) has expired."
                : "\(provider) rejected this address and \(label) — one of them may be mistyped, or the \(label) revoked.",
            field: password.name, rung: .signIn)
    }

    private func appPasswordWanted(_ password: CredentialHandle<SecretValue>) -> Problem {
        Problem(
            "credential_refused", .auth,
            "\(provider) wants an app password here, not the password of the account.", field: password.name,
            rung: .signIn, fix: .action("Create an app password in the settings of \(provider)."))
    }

    private func webLoginWanted(_ statuses: [IMAPStatus]) -> Problem {
        Problem(
            "web_login_required", .auth,
            "\(provider) wants you to sign in once in a browser before it lets a program read the mail.",
            rung: .signIn,
            fix: .action("Sign in to \(provider) in a browser, then try again."))
    }

    private var imapDisabled: Problem {
        Problem(
            "imap_disabled", .auth, "\(provider) does not let programs read this account's mail over IMAP.",
            rung: .signIn, fix: .action("Turn IMAP on in the settings of \(provider), then try again."))
    }

    private func faulty(_ status: IMAPStatus) -> Problem {
        Problem(
            "provider_failed", .retryable, "\(provider) has a fault of its own right now\(named(status.code)).",
            rung: .answer, fix: .action("Try again in a few minutes; there is nothing to change here."))
    }

    /// The name of a response code (RFC 5530), where it is one that is known: a server may repeat in its own words what was
    /// sent to it, the password too.
    private func named(_ code: String?) -> String {
        let known: Set = ["UNAVAILABLE", "INUSE", "SERVERBUG", "CONTACTADMIN", "EXPUNGEISSUED", "CORRUPTION"]
        return code.map { known.contains($0) ? " (\($0))" : "" } ?? ""
    }
}

extension IMAPRefusals {
    /// The line ended; `farewell` is what the server said before.
    func closed(_ farewell: IMAPStatus?) -> Problem {
        guard let farewell else {
            return Problem(
                "connection_closed", .retryable, "\(provider) closed the connection before its answer was complete.",
                rung: .answer, fix: .action("Try again in a few minutes; if it stays so, check the address."))
        }
        return limit(farewell) ?? faulty(farewell)
    }

    /// What was said is not what a mail server says.
    func garbled(_ fault: IMAPFault) -> Problem {
        let how =
            switch fault {
            case .garbled: "with something that is not IMAP"
            case .endlessLine: "with a line that does not end"
            case .largeLiteral: "with a text larger than a message may be"
            case .tooDeep: "with lists nested too deeply"
            case .tooMuch: "with more than was asked for"
            }
        return Problem(
            "answer_not_understood", .permanent, "\(provider) answered \(how) instead of mail.", rung: .answer,
            fix: .action("Check the address and the port: they have to lead to \(provider)'s IMAP server."))
    }

    var absent: Problem {
        Problem("not_found", .permanent, "\(provider) has no mailbox of that name.", rung: .answer)
    }

    /// A command was carried out, and what it was to tell did not come: nothing follows from that, least of all that there
    /// is nothing.
    var nothingTold: Problem {
        Problem(
            "answer_not_understood", .permanent,
            "\(provider) said that all is well and left out what it was asked for.", rung: .answer,
            fix: .action("Check the address and the port: they have to lead to \(provider)'s IMAP server."))
    }

    var badCommand: Problem {
        Problem(
            "request_refused", .permanent, "\(provider) did not take the request for a valid one.", rung: .answer,
            fix: .action("Tell whoever wrote the connector."))
    }

    var badArgument: Problem {
        Problem(
            "invalid_request", .permanent, "A name with a line break in it cannot be sent to \(provider).",
            fix: .action("Tell whoever wrote the connector."))
    }

    var badUser: Problem {
        Problem(
            "credential_malformed", .auth,
            "The address has a character in it that none can have, such as a line break.",
            rung: .signIn, fix: .action("Copy it again and paste it whole."))
    }

    var noSignIn: Problem {
        Problem(
            "sign_in_unavailable", .permanent, "\(provider) offers no way to sign in with a password on this line.",
            rung: .signIn, fix: .action("Choose TLS, and check the port."))
    }

    var stripped: Problem {
        Problem(
            "starttls_missing", .permanent,
            "\(provider) does not offer STARTTLS, or somebody on the way has taken the offer out.", rung: .tls,
            fix: .action("Use TLS from the beginning, on port 993; nothing was sent in the open."))
    }

    var injected: Problem {
        Problem(
            "tls_injected", .permanent,
            "Something was sent in the open before TLS stood, so the line to \(provider) is not trusted.", rung: .tls,
            fix: .action("Use TLS from the beginning; somebody between here and \(provider) may be meddling."))
    }
}
