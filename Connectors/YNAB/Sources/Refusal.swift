import Foundation
import MaxConnector
import MaxCore

/// What YNAB says is wrong, in the body of its answer.
struct YNABRefusal: Decodable {
    /// The status, and often a number behind it that tells why, such as `403.1`.
    let id: String
}

extension YNABRefusal {
    /// The refusal as something the owner can mend; nil when it says no more than its status does.
    var problem: Problem? {
        switch id {
        case "403.1":
            .lapsed("The YNAB subscription of this account has lapsed; YNAB gives out nothing until it is paid.")
        case "403.2": .lapsed("The YNAB trial of this account is over; YNAB gives out nothing without a subscription.")
        case "403.4": .dataLimit
        case "404.2": .missing
        case "409": .conflict
        case "429": .tooMany
        default: nil
        }
    }

    /// The refusal where no status came with it.
    func problem(of token: CredentialHandle<SecretValue>) -> Problem {
        switch id.prefix(3) {
        case "401": .refused(token)
        case _ where problem != nil: problem ?? .ailing
        case "403": .notPermitted(token)
        case "404": .missing
        default: .ailing
        }
    }
}

extension Problem {
    fileprivate static func refused(_ token: CredentialHandle<SecretValue>) -> Problem {
        Problem(
            "credential_refused", .auth, "YNAB rejected this personal access token — it may be revoked or mistyped.",
            field: token.name, rung: .signIn, fix: .tokens)
    }

    fileprivate static func notPermitted(_ token: CredentialHandle<SecretValue>) -> Problem {
        Problem(
            "scope_missing", .auth,
            "YNAB accepted this personal access token but it may not read what is collected.",
            field: token.name, rung: .permissions, fix: .tokens)
    }

    fileprivate static func lapsed(_ sentence: String) -> Problem {
        Problem(
            "subscription_lapsed", .permanent, sentence, rung: .permissions,
            fix: YNABPages.subscription.map { .link(title: "Open your subscription", url: $0) })
    }

    fileprivate static let dataLimit = Problem(
        "data_limit_reached", .permanent, "YNAB says that this account has reached a limit on how much data it holds.",
        rung: .permissions, fix: .action("Ask YNAB's support."))

    fileprivate static let missing = Problem(
        "not_found", .permanent, "YNAB no longer has what was asked for.", rung: .answer)

    fileprivate static let conflict = Problem(
        "provider_busy", .retryable, "YNAB was changing the same budget at that moment.", rung: .answer,
        fix: .action("Try again in a few minutes."))

    fileprivate static let tooMany = Problem(
        "rate_limited", .retryable, "YNAB answers 200 requests an hour for one token, and they are used up.",
        rung: .answer, fix: .action("Try again in an hour."))

    fileprivate static let ailing = Problem(
        "provider_failed", .retryable, "YNAB has a fault of its own right now.", rung: .answer,
        fix: .action("Try again in a few minutes; there is nothing to change here."))
}

extension Problem.Fix {
    /// The page on which the owner makes another token.
    fileprivate static var tokens: Problem.Fix {
        YNABPages.tokens.map { .link(title: "Create a new one", url: $0) }
            ?? .action("Create a new one in YNAB's account settings and enter it here.")
    }
}

/// Pages of YNAB's for its people.
enum YNABPages {
    static let tokens = URL(string: "https://app.ynab.com/settings/developer")
    static let subscription = URL(string: "https://app.ynab.com/settings")
}
