internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore

@testable internal import MaxQuery

/// A store in a temporary folder with connections in it.
struct QueryProject: Sendable {
    let store: SQLiteStore

    /// Runs `body` with a store that leaves nothing behind.
    static func with(_ body: (QueryProject) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-query-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(QueryProject(store: try SQLiteStore(folder: folder)))
    }

    /// The service, at a time.
    func service(at time: Date = now) -> QueryService {
        QueryService(records: store, connections: store, now: { time })
    }

    /// Makes a connection.
    func connect(_ slug: String, connector: String = "demo", label: String? = nil) async throws -> ConnectionID {
        let id = ConnectionID(rawValue: "con_\(slug)")
        let session = SetupSession(
            id: SessionID(rawValue: "set_\(slug)"), connector: connector, purpose: .add, connection: id, name: nil,
            createdAt: now, expiresAt: now + 60)
        let connection = Connection(
            id: id, connector: connector, slug: slug, label: label ?? "The \(slug)",
            identity: Identity(id: slug, label: slug), state: .active, config: [:], configVersion: 1, isSandbox: false,
            allowedHosts: [], createdAt: now, activatedAt: now)
        try await store.insert(session)
        let run = RequestedRun(id: RunID(rawValue: "run_\(slug)"), connection: id, requestedAt: now)
        try await store.activate(Activation(session: session, connection: connection, replaces: false, run: run))
        return id
    }
}

enum DemoTask: Entity {
    static let definition = EntityDef("DemoTask") {
        Field.string("title", .title)
        Field.string("description", .text, .optional)
        Field.string("status", .indexed)
        Field.date("dueDate", .optional)
        Field.date("changedAt", .indexed, .optional)
        Field.decimal("estimate", .optional)
        Field.integer("votes", .indexed, .optional)
        Field.boolean("done", .optional)
        Field.json("labels", .optional)
        Field.ref("assignee", to: DemoUser.self, .optional)
        Field.ref("parent", to: DemoTask.self, .indexed, .optional)
        Field.collection("subtasks", of: DemoTask.self)
    }
}

enum DemoUser: Entity {
    static let definition = EntityDef("DemoUser") {
        Field.string("name", .title)
        Field.string("email", .indexed, .optional)
        Field.ref("team", to: DemoTeam.self, .optional)
    }
}

enum DemoTeam: Entity {
    static let definition = EntityDef("DemoTeam") { Field.string("code", .optional) }
}

extension ConnectorSchema {
    static let demo = ConnectorSchema(
        namespace: "demo", entities: [DemoTask.self, DemoUser.self, DemoTeam.self], roots: [DemoTeam.self])
}
