import Foundation
import MaxConnector
import MaxCore

/// GitHub's API, as far as it is needed here.
struct GitHubClient: Sendable {
    let site: GitHubSite
    let token: CredentialHandle<SecretValue>
    let upstream: any Upstream

    /// Whose token it is, and what the answer says of the token.
    func account() async throws -> Account {
        let answer = try await upstream.send(get("user"), as: .user)
        return Account(
            user: try answer.decoded(),
            scopes: answer.header("X-OAuth-Scopes")?.split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            },
            expiresAt: answer.header("GitHub-Authentication-Token-Expiration").flatMap(TokenExpiry.date))
    }

    /// The repository that comes first, if there is any.
    func firstRepository() async throws -> Int? {
        let answer = try await upstream.send(get("user/repos", "per_page=1"), as: .repositories)
        return try answer.decoded([Repository].self).first?.id
    }

    /// Reads one issue, for the sake of having been let in.
    func proveIssues(of repository: Int) async throws {
        let path = "repositories/\(repository)/issues"
        _ = try await upstream.send(get(path, "state=all&per_page=1").accepting(410), as: .issues)
    }

    /// One page of a list.
    ///
    /// - Parameter query: The page's own query, as an earlier page's link had it; nil for the first page.
    func list<Item: Decodable>(
        _ operation: UpstreamOperation, _ path: String, _ first: String, from query: String?,
        accept: String = Self.mediaType
    ) async throws -> (items: [Item], links: PageLinks) {
        let request = get(path, query ?? first, accept: accept).revalidating()
        let answer = try await upstream.send(request, as: operation)
        return (try answer.decoded(), PageLinks(answer))
    }

    /// The request for a path of the API, signed in and with its refusals read as GitHub means them.
    func get(_ path: String, _ query: String = "", accept: String = Self.mediaType) -> UpstreamRequest {
        let site = site
        let list = site.api / path
        // What cannot stand in an address is encoded here, and nothing a provider says is fatal.
        let address = query.isEmpty ? list : URL(string: "\(list.absoluteString)?\(query)") ?? list
        return UpstreamRequest.get(address)
            .header("Accept", accept).header("X-GitHub-Api-Version", "2022-11-28").bearer(token)
            .readingRefusals { GitHubRefusal.problem(in: $0, of: site) }
            .confirmingRefusals(at: site.api / "user")
    }

    static let mediaType = "application/vnd.github+json"
    /// The form of the list of stars that tells since when.
    static let starMediaType = "application/vnd.github.star+json"
}

extension UpstreamOperation {
    static let user = UpstreamOperation("user", concurrency: 2)
    static let repositories = UpstreamOperation("repositories.list", concurrency: 2)
    static let stars = UpstreamOperation("stars.list", concurrency: 2)
    static let gists = UpstreamOperation("gists.list", concurrency: 2)
    static let issues = UpstreamOperation("issues.list")
    static let comments = UpstreamOperation("comments.list", concurrency: 4)
    static let changes = UpstreamOperation("issues.changed", concurrency: 2)
}

/// The form in which GitHub tells when a token ends: `2026-02-01 12:00:00 UTC`, or with an offset such as `-0800`.
enum TokenExpiry {
    static func date(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 3 else { return nil }
        let zone = parts[2] == "UTC" ? "Z" : String(parts[2])
        let style = Date.ISO8601FormatStyle(timeZoneSeparator: .omitted)
        return try? style.parse("\(parts[0])T\(parts[1])\(zone)")
    }
}
