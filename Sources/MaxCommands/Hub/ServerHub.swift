internal import MaxClient
internal import MaxCore
internal import MaxHub
internal import MaxWire

/// A server, asked from afar with the token of a login.
struct ServerHub: Hub {
    let client: Client
    /// What this program knows of connectors, for words alone.
    let program: Program

    func place() async throws -> HubPlace { HubPlace(server: client.server.description) }

    var isTended: Bool { true }

    func requireData() async throws {}

    func connectors() async throws -> (usable: [ConnectorBody], broken: [BrokenConnector]) {
        (try await client.connectors(), [])
    }

    func connector(_ name: String) async throws -> ConnectorBody { try await client.connector(name) }

    func sources() async throws -> [SourceBody] { try await client.sources() }

    func connection(named word: String) async throws -> ConnectionBody {
        do { return try await client.connection(word) } catch let error as MaxError
            where error.code == .connectionNotFound
        {
            return try await client.sources().compactMap(\.connection).named(word) { $0.names }
        }
    }

    /// An agent is not told which secrets there are.
    func secretNames(of connection: ConnectionBody) async throws -> [String]? { nil }

    func rename(_ connection: ConnectionBody, _ change: ConnectionChangeBody) async throws -> ConnectionBody {
        try await client.rename(connection.id, change)
    }

    func schedule(_ connection: ConnectionBody, _ change: ScheduleChangeBody) async throws -> ConnectionBody {
        try await client.schedule(connection.id, change)
    }

    func revoke(_ connection: ConnectionBody) async throws { _ = try await client.revoke(connection.id) }

    func erase(_ connection: ConnectionBody) async throws {
        throw MaxError(
            "owner_only", "Only the owner can erase a connection, signed in to the server.",
            fix: "Do it at \(client.server)/connections/\(connection.slug), or leave out --erase.")
    }

    func entities(_ name: String?) async throws -> [EntityBody] { try await client.schema(name) }

    func records(_ question: RecordQuestion) async throws -> RecordPageBody { try await client.records(question) }

    func count(_ question: RecordQuestion, by field: String?) async throws -> CountAnswerBody {
        try await client.count(question, by: field)
    }

    func record(_ ref: String) async throws -> RecordDetailBody { try await client.record(ref) }

    func changes(_ connection: String, after cursor: String?, atMost most: Int) async throws -> ChangesBody {
        try await client.changes(connection, after: cursor, atMost: most)
    }
}
