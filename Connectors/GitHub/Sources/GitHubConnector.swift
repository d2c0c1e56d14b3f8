public import MaxConnector
import MaxCore

/// GitHub: repositories, issues and pull requests, comments, stars and gists.
let githubDef = ConnectorDef(
    name: "github", displayName: "GitHub",
    description: "Repositories, issues and pull requests with their comments, stars and gists", icon: githubIcon,
    version: "1.0.0", tier: .gold,
    scopes: ["Metadata: read-only", "Issues: read-only", "Pull requests: read-only", "Starring: read-only"],
    collects: [
        "your profile", "the repositories you own or work on", "their issues, pull requests and comments",
        "what you starred", "your gists",
    ],
    doesNotCollect: [
        "code and commits", "reviews and the comments in them", "notifications", "what the token may not see",
    ],
    egress: .configured(field: "baseURL"),
    schema: ConnectorSchema(
        namespace: "github",
        entities: [
            GitHubAccount.self, GitHubUser.self, GitHubRepository.self, GitHubIssue.self, GitHubComment.self,
            GitHubStar.self, GitHubGist.self,
        ],
        roots: [GitHubAccount.self]),
    onboarding: githubOnboarding, seeder: githubSeeder, resolvers: githubResolvers)

/// The GitHub connector.
public let github: any Connector = ConnectorModule(githubDef) { config, credentials, upstream in
    Installation(
        context: GitHubClient(
            site: GitHubSite(config.baseURL), token: credentials.get(GitHubCredentials.token), upstream: upstream))
}

private let githubIcon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" \
    stroke-width="1.8" stroke-linecap="round"><circle cx="7" cy="5" r="2"/><circle cx="7" cy="19" r="2"/>\
    <circle cx="17" cy="8" r="2"/><path d="M7 7v10M17 10c0 4-10 2-10 6"/></svg>
    """
