import MaxConnector
import MaxCore

/// The secrets of a GitHub connection.
enum GitHubCredentials {
    static let token = Credential.string(
        "token", label: "Access token",
        pattern: Pattern(
            "github_pat_[A-Za-z0-9_]{36,244}|gh[pous]_[A-Za-z0-9_]{36,251}",
            otherwise: "This does not look like a GitHub token; those begin with github_pat_ or ghp_."),
        example: "github_pat_11A…")
}

/// How a token was made, as its first letters tell.
enum TokenKind: Sendable, CaseIterable {
    /// A personal access token with permissions for single repositories.
    case fineGrained
    /// A personal access token with scopes.
    case classic
    /// What an OAuth app was given.
    case oauth
    /// What a GitHub app was given by a person.
    case appUser
    /// What a GitHub app was given by an organisation; it belongs to nobody.
    case installation

    init?(_ token: String) {
        guard let kind = Self.allCases.first(where: { token.hasPrefix($0.prefix) }) else { return nil }
        self = kind
    }

    private var prefix: String {
        switch self {
        case .fineGrained: "github_pat_"
        case .classic: "ghp_"
        case .oauth: "gho_"
        case .appUser: "ghu_"
        case .installation: "ghs_"
        }
    }

    /// What people call it.
    var name: String {
        switch self {
        case .fineGrained: "fine-grained token"
        case .classic: "classic token"
        case .oauth: "token of an OAuth app"
        case .appUser: "token of a GitHub app"
        case .installation: "installation token of a GitHub app"
        }
    }

    /// What the owner is told that the token may do.
    ///
    /// - Parameter scopes: What GitHub says it was granted; nil where it does not say.
    func permissions(granted scopes: [String]?) -> [String] {
        guard let scopes else { return [name] }
        let seesPrivate = scopes.contains("repo")
        return [name] + scopes.filter { !$0.isEmpty } + (seesPrivate ? [] : ["no private repositories"])
    }
}

extension Problem {
    /// A token that belongs to an app and not to a person.
    static let tokenOfNobody = Problem(
        "token_of_nobody", .auth,
        "This is an installation token of a GitHub app: it belongs to no account and ends within the hour.",
        field: GitHubCredentials.token.name, rung: .identity)
}
