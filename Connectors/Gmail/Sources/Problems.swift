import Foundation
import MaxConnector
import MaxCore

extension Problem {
    /// There is nothing that could be collected.
    static func noMailbox(at provider: String) -> Problem {
        Problem(
            "mailbox_missing", .permanent, "\(provider) shows no mailbox that could be read.", rung: .record,
            fix: .action("Look in the settings of \(provider) what is shown to mail programs."))
    }

    /// What was given as an app password cannot be one.
    static let notAnAppPassword = Problem(
        "pattern_mismatch", .auth, "This looks like a password, not an app password.",
        field: GmailCredentials.password.name,
        fix: .page("Create an app password", appPasswordPage))

    /// The same problem with the page of Google's that mends it, where there is one.
    var atGoogle: Problem {
        var problem = self
        problem.fix =
            switch code {
            case "credential_refused": .page("Create an app password", appPasswordPage)
            case "imap_disabled":
                .page("Turn IMAP on", URL(string: "https://mail.google.com/mail/u/0/#settings/fwdandpop"))
            case "web_login_required": .page("Sign in to Google", URL(string: "https://accounts.google.com/"))
            case "scope_missing": .page("Create another app password", appPasswordPage)
            case "mailbox_missing":
                .page(
                    "Show mailboxes to mail programs",
                    URL(string: "https://mail.google.com/mail/u/0/#settings/labels"))
            default: fix
            }
        return problem
    }

    /// A refusal to show anything at all, which is about the password and not about a mailbox.
    func aboutPermissions(at provider: String) -> Problem {
        guard code == "forbidden" else { return self }
        return Problem(
            "scope_missing", .auth, "\(provider) signs this account in, and then lets it read nothing.",
            field: GmailCredentials.password.name, rung: .permissions,
            fix: .action("Ask whoever runs \(provider) for the permission to read mail over IMAP."))
    }
}

extension Problem.Fix {
    /// A page to open; were its address none, its title as something to do.
    static func page(_ title: String, _ address: URL?) -> Problem.Fix {
        address.map { .link(title: title, url: $0) } ?? .action("\(title).")
    }
}
