import Foundation
import MaxConnector
import MaxCore

/// Acme's API, as far as it is needed here.
struct AcmeClient: Sendable {
    let baseURL: URL
    let token: CredentialHandle<SecretValue>
    let upstream: any Upstream

    /// Whose token it is.
    func me() async throws -> Me { try await read(.me, "me") }

    /// The first of the workspaces that the token sees.
    func firstWorkspaces() async throws -> [Workspace] {
        let page: List<Workspace> = try await list(.workspaces, "workspaces", from: nil)
        return page.items
    }

    /// Every workspace the token sees.
    ///
    /// - Throws: ``MaxCore/Problem`` for a list that does not end.
    func workspaces() async throws -> [Workspace] {
        var (all, cursor): ([Workspace], String?) = ([], nil)
        repeat {
            let page: List<Workspace> = try await list(.workspaces, "workspaces", from: cursor)
            all += page.items
            if let next = page.nextCursor, next == cursor || all.count > Self.mostWorkspaces { throw Self.endless }
            cursor = page.nextCursor
        } while cursor != nil
        return all
    }

    /// The most workspaces anybody could choose from.
    private static let mostWorkspaces = 10_000

    private static var endless: Problem {
        Problem(
            "answer_not_understood", .permanent, "Acme's list of workspaces does not end.", rung: .answer,
            fix: .action("Check the address: it has to lead to Acme itself."))
    }

    /// One page of a list, from a cursor on.
    func list<Item: Decodable>(
        _ operation: UpstreamOperation, _ path: String, from cursor: String?
    ) async throws -> List<Item> {
        try await read(operation, path, page(cursor.map { ("cursor", $0) }))
    }

    /// One page of what changed in a workspace since a cursor; without one, the cursor of now and no change.
    ///
    /// - Throws: ``MaxCore/Problem/cursorExpired`` when Acme does not know that cursor any more.
    func changes(of workspace: String, since cursor: String?) async throws -> Changes {
        let path = "workspaces/\(workspace)/changes"
        let answer = try await upstream.send(
            get(path, page(cursor.map { ("since", $0) })).accepting(410), as: .changes)
        if answer.status == 410 { throw Problem.cursorExpired }
        return try answer.decode()
    }

    /// The object at a path.
    func read<Answer: Decodable>(
        _ operation: UpstreamOperation, _ path: String, _ query: [URLQueryItem] = []
    ) async throws -> Answer {
        try await upstream.send(get(path, query).revalidating(), as: operation).decode()
    }

    /// The question for a page of the size that Acme has at most, from a place on.
    private func page(_ place: (name: String, value: String)?) -> [URLQueryItem] {
        let size = URLQueryItem(name: "limit", value: "200")
        return place.map { [size, URLQueryItem(name: $0.name, value: $0.value)] } ?? [size]
    }

    /// The address that every good token may read.
    private var ownAddress: URL { baseURL / "api/v1/me" }

    private func get(_ path: String, _ query: [URLQueryItem]) -> UpstreamRequest {
        let url = baseURL / "api/v1" / path
        return UpstreamRequest.get(query.isEmpty ? url : url.appending(queryItems: query)).bearer(token)
            .confirmingRefusals(at: ownAddress)
    }

    /// The objects with these ids, and the ids that do not exist.
    func batch<Item: Decodable>(_ type: String, _ ids: [String]) async throws -> Found<Item> {
        let body: JSON = ["type": .string(type), "ids": .array(ids.map(JSON.string))]
        let request = UpstreamRequest.post(baseURL / "api/v1/batch", json: body).bearer(token)
            .confirmingRefusals(at: ownAddress)
        return try await upstream.send(request, as: .batch).decode()
    }
}

extension AcmeClient {
    /// Creates the client of a setup.
    ///
    /// - Throws: When the address was not answered yet.
    init(_ draft: Draft<AcmeConfig>, _ context: SetupContext) throws {
        self.init(
            baseURL: try draft.baseURL, token: context.credentials.get(AcmeCredentials.apiToken),
            upstream: context.upstream)
    }
}

extension UpstreamOperation {
    static let me = UpstreamOperation("me", concurrency: 2)
    static let workspaces = UpstreamOperation("workspaces.list")
    static let users = UpstreamOperation("users.list")
    static let projects = UpstreamOperation("projects.list")
    static let tasks = UpstreamOperation("tasks.list", concurrency: 16)
    static let batch = UpstreamOperation("batch")
    static let changes = UpstreamOperation("changes", concurrency: 2)
}
