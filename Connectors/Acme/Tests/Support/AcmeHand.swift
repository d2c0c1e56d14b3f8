import AcmeSandbox
import Foundation
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub

@testable import AcmeConnector

/// Somebody who works at Acme: reads as the connector does, and adds, edits and deletes as people do there.
struct AcmeHand: Sendable {
    let context: AcmeContext

    /// Runs `body` with the holder of a key, in one of the workspaces.
    static func work<Result>(
        at provider: AcmeAddress, key: String,
        in workspace: @Sendable ([AcmeClient.Workspace]) -> AcmeClient.Workspace?,
        _ body: (AcmeHand) async throws -> Result
    ) async throws -> Result {
        let outbound = Outbound(limits: .patient)
        do {
            let hand = try await AcmeHand(at: provider, key: key, in: workspace, through: outbound)
            let result = try await body(hand)
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    private init(
        at provider: AcmeAddress, key: String, in workspace: ([AcmeClient.Workspace]) -> AcmeClient.Workspace?,
        through outbound: Outbound
    ) async throws {
        guard let url = URL(string: provider.url) else { throw URLError(.badURL) }
        let route = UpstreamRoute(
            connector: acme.about, hosts: nil, allowedPrivateHosts: ["\(provider.host):\(provider.port)"])
        let token = CredentialHandle(name: "api_token", label: "API token") { SecretValue(key) }
        let client = AcmeClient(baseURL: url, token: token, upstream: outbound.upstream(route))
        guard let workspace = workspace(try await client.workspaces()) else { throw NothingThere() }
        context = AcmeContext(client: client, workspaceID: workspace.id)
    }

    /// Everything in a list of the workspace or of a project.
    func children(of parent: String, by loader: Loader<AcmeContext>) async throws -> [Record] {
        guard case .collection(_, let load) = loader.shape else { return [] }
        var (records, cursor): ([Record], String?) = ([], nil)
        repeat {
            let page = try await load(parent, cursor, context)
            records += page.items
            cursor = page.next
        } while cursor != nil
        return records
    }

    /// A page of the workspace's change feed.
    func changes(since cursor: String? = nil) async throws -> SourcePage {
        guard case .source(let load) = AcmeLoaders.changes.shape else { return SourcePage(records: []) }
        return try await load(context.workspaceID, cursor, context)
    }

    /// Adds a thing and returns its id.
    func add(_ path: String, _ fields: JSON) async throws -> String {
        let answer: JSON = try await send(.post(url(path), json: fields)).decode()
        return answer["id"]?.string ?? ""
    }

    /// Edits a thing.
    func edit(_ record: Ref, _ fields: JSON) async throws {
        var request = UpstreamRequest.post(url(for: record), json: fields)
        request.method = .patch
        _ = try await send(request)
    }

    /// Deletes a thing.
    func delete(_ record: Ref) async throws { _ = try await send(UpstreamRequest(.delete, url(for: record))) }

    private func send(_ request: UpstreamRequest) async throws -> UpstreamResponse {
        try await context.client.upstream.send(request.bearer(context.client.token), as: UpstreamOperation("hand"))
    }

    private func url(_ path: String) -> URL { context.client.baseURL / "api/v1" / path }

    private func url(for record: Ref) -> URL {
        let kinds = ["AcmeUser": "users", "AcmeProject": "projects", "AcmeTask": "tasks"]
        return url("\(kinds[record.entity] ?? "")/\(record.id)")
    }
}

/// A list that a test relies on is empty.
struct NothingThere: Error {}
