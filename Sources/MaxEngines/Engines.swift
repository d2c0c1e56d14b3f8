package import MaxConnector
internal import MaxCore
package import MaxHub
package import MaxQuery
package import MaxSetup
package import MaxSync
package import MaxVault

/// The part of the store that setups and secrets lie in.
package protocol ProjectRows: ConnectionRows, SessionRows, AttemptRows, SecretRows {}

/// The part of the store that syncs write and questions read.
package protocol CollectedRows: RunRows, RecordRows, ChangeMark, ScheduleRows, RecordingRows, NoticeRows,
    NoticeChannelRows, StoreInspection
{}

/// The engines over one project, put together once: what every surface asks, so that all get one answer.
package struct Engines: Sendable {
    package let registry: ConnectorRegistry
    package let rows: any ProjectRows
    /// Nil where there is no project, and somebody only looks.
    package let store: (any CollectedRows)?
    package let vault: Vault
    package let upstreams: any UpstreamFactory
    package let sandboxes: any SandboxHost
    package let surroundings: Surroundings
    let program: ProgramFacts
    /// Whether somebody syncs when it is time.
    package let isTended: @Sendable () -> Bool
    let shelf = CardShelf()
    let checks = OngoingChecks()

    /// Creates the engines over what the composition root made.
    ///
    /// - Parameter isTended: Tells whether somebody syncs when it is time, such as a server.
    package init(
        registry: ConnectorRegistry, rows: any ProjectRows, store: (any CollectedRows)?, vault: Vault,
        upstreams: any UpstreamFactory, sandboxes: any SandboxHost, surroundings: Surroundings,
        program: ProgramFacts = ProgramFacts(), isTended: @escaping @Sendable () -> Bool = { true }
    ) {
        self.registry = registry
        self.rows = rows
        self.store = store
        self.vault = vault
        self.upstreams = upstreams
        self.sandboxes = sandboxes
        self.surroundings = surroundings
        self.program = program
        self.isTended = isTended
    }

    /// The one setup engine.
    package var setup: SetupService {
        SetupService(
            registry: registry, connections: rows, sessions: rows, attempts: rows, keeper: vault,
            upstreams: upstreams, sandboxes: sandboxes, recordings: store, opens: Self.opens,
            surroundings: surroundings, checks: checks)
    }

    /// The kinds of steps elsewhere that something here serves.
    static let opens: Set<Deployment.Opening> = []

    /// The one sync engine.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    package func sync() throws -> SyncService {
        let store = try requireStore()
        return SyncService(
            registry: registry, connections: rows, runs: store, records: store, schedules: store, keeper: vault,
            upstreams: upstreams, sandboxes: sandboxes, recordings: store, surroundings: surroundings)
    }

    /// Questions about what was collected.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    package func query() throws -> QueryService {
        QueryService(records: try requireStore(), connections: rows, now: surroundings.now)
    }

    /// A number that differs from an earlier one when anything was stored or a check climbed in between; nil where there
    /// is no project.
    func mark() async throws -> Int64? {
        guard let mark = try await store?.mark() else { return nil }
        return mark &+ Int64(checks.number)
    }

    /// Refuses what has no meaning where there is no project.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    @discardableResult
    package func requireStore() throws -> any CollectedRows {
        if let store { return store }
        throw MaxError("project_missing", "There is no project here.", fix: "Make one with max init, or max connect.")
    }
}
