internal import Foundation
internal import MaxClient
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxSetup
internal import MaxSync
internal import MaxVault
internal import MaxWire

/// The engines over the project at hand.
struct ProjectHub: Hub {
    let desk: Desk

    var engines: Engines { desk.engines }

    func place() async throws -> HubPlace {
        HubPlace(project: desk.project?.folder.path, vault: await desk.vault.lock()?.sentence ?? "ready")
    }

    var isTended: Bool { engines.isTended() }

    func requireData() async throws { try engines.requireStore() }

    func connectors() async throws -> (usable: [ConnectorBody], broken: [BrokenConnector]) {
        var broken: [BrokenConnector] = []
        let plans = try await engines.plans {
            broken.append(BrokenConnector(name: $0, reason: Failure($1).message))
        }
        return (plans.map { ConnectorBody($0) }, broken)
    }

    func connector(_ name: String) async throws -> ConnectorBody { ConnectorBody(try await engines.plan(of: name)) }

    func sources() async throws -> [SourceBody] { try await engines.sources() }

    func connection(named word: String) async throws -> ConnectionBody {
        try await body(of: desk.rows.connection(named: word))
    }

    func secretNames(of connection: ConnectionBody) async throws -> [String]? {
        try await desk.rows.secrets(of: connection.key).filter { $0.stage == .active }.map(\.field).sorted()
    }

    func rename(_ connection: ConnectionBody, _ change: ConnectionChangeBody) async throws -> ConnectionBody {
        try await desk.rows.rename(connection.key, label: change.label, slug: change.slug)
        return try await self.connection(named: connection.id)
    }

    func schedule(_ connection: ConnectionBody, _ change: ScheduleChangeBody) async throws -> ConnectionBody {
        try await engines.schedule(connection.key, change)
        return try await self.connection(named: connection.id)
    }

    func revoke(_ connection: ConnectionBody) async throws {
        try await desk.rows.revoke(connection.key, at: engines.surroundings.now())
    }

    func erase(_ connection: ConnectionBody) async throws {
        try await desk.rows.erase(connection.key, at: engines.surroundings.now())
    }

    func entities(_ name: String?) async throws -> [EntityBody] {
        try await engines.entities(name).map { EntityBody($0.entity, counts: $0.counts) }
    }

    func records(_ question: RecordQuestion) async throws -> RecordPageBody {
        try await engines.records(
            SearchRequest(
                scope: question.scope, entity: question.entity, filter: question.filter, match: question.match,
                orderBy: question.order, fields: question.fields, limit: question.limit ?? 50, after: question.after))
    }

    func count(_ question: RecordQuestion, by field: String?) async throws -> CountAnswerBody {
        try await engines.count(
            CountRequest(
                scope: question.scope, entity: question.entity, filter: question.filter, match: question.match,
                groupBy: field, limit: question.limit ?? 100))
    }

    func record(_ ref: String) async throws -> RecordDetailBody { try await engines.record(ref) }

    func changes(_ connection: String, after cursor: String?, atMost most: Int) async throws -> ChangesBody {
        try await engines.changes(ChangesRequest(connection: connection, since: cursor, limit: most))
    }

    private func body(of connection: Connection) async throws -> ConnectionBody {
        try await engines.card(of: connection)?.body ?? ConnectionBody(connection)
    }
}

extension ConnectionBody {
    var key: ConnectionID { ConnectionID(rawValue: id) }

    /// The names people mean it by.
    var names: ConnectionNames { ConnectionNames(id: id, slug: slug, label: label, connector: connector) }
}
