import Foundation
import MaxConnector
import MaxCore

/// Where a GitHub connection leads.
struct GitHubConfig: ConnectorConfig {
    var baseURL: URL

    func validate() throws {
        if let problem = GitHubSite.problem(with: baseURL) { throw problem }
    }
}

let githubOnboarding = OnboardingFlow<GitHubConfig> {
    InputStep("Your GitHub") {
        Input(
            \.baseURL, "API address", help: "Only for GitHub Enterprise: the address of your server.",
            example: "https://github.example.com", fallback: "https://api.github.com", autocomplete: "url",
            advanced: true)
    }
    InputStep("Access token") { draft in
        Secret(
            GitHubCredentials.token, help: GitHubSite(try draft.baseURL).tokenPage,
            note: "All repositories; Issues, Pull requests, Metadata and (of the account) Starring: read-only.")
    }
    ValidationStep("Checking with GitHub") { draft, context in
        let address = try draft.baseURL
        if let problem = GitHubSite.problem(with: address) { throw problem }
        let token = context.credentials.get(GitHubCredentials.token)
        let client = GitHubClient(site: GitHubSite(address), token: token, upstream: context.upstream)
        let kind = try await token.get().withText { TokenKind($0) }
        if kind == .installation { throw Problem.tokenOfNobody }
        let account = try await context.climb(.identity) { try await client.account() }
        let first = try await context.prove(.permissions) { try await client.firstRepository() }
        try await context.prove(.record) {
            if case let repository?? = first { try await client.proveIssues(of: repository) }
        }
        return account.identity(kind)
    }
}

extension GitHubClient.Account {
    /// Whose account it is: GitHub's own number for it, which no change of name changes, at its own site.
    fileprivate func identity(_ kind: TokenKind?) -> Identity {
        let site = user.page.host() ?? "github.com"
        return Identity(
            id: "\(site)/\(user.id)", label: user.login, scopes: (kind ?? .classic).permissions(granted: scopes),
            expiresAt: expiresAt)
    }
}
