import Foundation
import GitHubSandbox
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub

@testable import GitHubConnector

/// Somebody with an account: reads as the connector does, and opens, edits and deletes as people do there.
struct GitHubHand: Sendable {
    let client: GitHubClient

    /// Runs `body` with the holder of a token.
    static func work<Result>(
        at provider: GitHubAddress, token: String, _ body: (GitHubHand) async throws -> Result
    ) async throws -> Result {
        let outbound = Outbound(limits: .patient)
        do {
            let result = try await body(GitHubHand(at: provider, token: token, through: outbound))
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    private init(at provider: GitHubAddress, token: String, through outbound: Outbound) throws {
        guard let url = URL(string: provider.url) else { throw URLError(.badURL) }
        let route = UpstreamRoute(
            connector: github.about, hosts: nil, allowedPrivateHosts: ["\(provider.host):\(provider.port)"])
        let handle = CredentialHandle(name: "token", label: "Access token") { SecretValue(token) }
        client = GitHubClient(site: GitHubSite(url), token: handle, upstream: outbound.upstream(route))
    }

    /// Everything in a list of the account or of a repository.
    func children(of parent: String = "github", by loader: Loader<GitHubClient>) async throws -> [Record] {
        guard case .collection(_, let load) = loader.shape else { return [] }
        var (records, cursor): ([Record], String?) = ([], nil)
        repeat {
            let page = try await load(parent, cursor, client)
            records += page.items
            cursor = page.next
        } while cursor != nil
        return records
    }

    /// A page of the changes in issues.
    func changes(since cursor: String? = nil) async throws -> SourcePage {
        guard case .source(let load) = GitHubLoaders.changes.shape else { return SourcePage(records: []) }
        return try await load("github", cursor, client)
    }

    /// Every page of the changes in issues, and the place behind them.
    func allChanges(since cursor: String) async throws -> (records: [Record], place: String) {
        var (records, place, next): ([Record], String, String?) = ([], cursor, cursor)
        while let cursor = next {
            let page = try await changes(since: cursor)
            (records, place, next) = (records + page.records, page.resume ?? place, page.next)
        }
        return (records, place)
    }

    /// The first repository, whose issues are the most.
    func repository() async throws -> Record {
        guard let first = try await children(by: GitHubLoaders.repositories).first else { throw NothingThere() }
        return first
    }

    /// Opens an issue and returns the record that it has to become.
    func open(_ title: String, in repository: Record) async throws -> Record {
        let path = "repos/\(repository.fullName)/issues"
        let answer = try await send(.post(client.site.api / path, json: ["title": .string(title)]))
        return try answer.decoded(GitHubClient.Issue.self).record(in: repository.ref.id)
    }

    /// Edits an issue and returns what has to become of it.
    func edit(_ number: Int, in repository: Record, _ fields: JSON) async throws -> Record {
        let answer = try await patch("repos/\(repository.fullName)/issues/\(number)", fields)
        return try answer.decoded(GitHubClient.Issue.self).record(in: repository.ref.id)
    }

    /// Says something below an issue.
    func say(_ text: String, on number: Int, in repository: Record) async throws -> Record {
        let path = "repos/\(repository.fullName)/issues/\(number)/comments"
        let answer = try await send(.post(client.site.api / path, json: ["body": .string(text)]))
        return try answer.decoded(GitHubClient.Comment.self).record(in: repository.ref.id)
    }

    func patch(_ path: String, _ fields: JSON) async throws -> UpstreamResponse {
        var request = UpstreamRequest.post(client.site.api / path, json: fields)
        request.method = .patch
        return try await send(request)
    }

    /// Stars a repository.
    func star(_ repository: Record) async throws {
        _ = try await send(UpstreamRequest(.put, client.site.api / "user/starred/\(repository.fullName)"))
    }

    /// Deletes what is at a path.
    func delete(_ path: String) async throws { _ = try await send(UpstreamRequest(.delete, client.site.api / path)) }

    private func send(_ request: UpstreamRequest) async throws -> UpstreamResponse {
        try await client.upstream.send(request.bearer(client.token), as: UpstreamOperation("hand"))
    }
}

extension Record {
    /// The owner's and the repository's name.
    var fullName: String { fields["fullName"]?.string ?? "" }
}

/// A list that a test relies on is empty.
struct NothingThere: Error {}
