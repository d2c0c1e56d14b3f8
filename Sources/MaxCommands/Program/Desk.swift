internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
package import MaxHub
internal import MaxQuery
internal import MaxSetup
internal import MaxStore
internal import MaxSync
internal import MaxTerminal
internal import MaxVault

/// The whole store, as the composition root hands it to the engines.
package protocol ProjectRows: ConnectionRows, SessionRows, SecretRows {}

extension SQLiteStore: ProjectRows {}
extension MemoryStore: ProjectRows {}

/// The part of the store that syncs write and questions read.
package protocol CollectedRows: RunRows, RecordRows {}

extension SQLiteStore: CollectedRows {}

/// What is put between the engines and the store, such as a test's fault.
package struct StoreDecoration: Sendable {
    let project: @Sendable (any ProjectRows) -> any ProjectRows
    let collected: @Sendable (any CollectedRows) -> any CollectedRows

    package init(
        project: @escaping @Sendable (any ProjectRows) -> any ProjectRows = { $0 },
        collected: @escaping @Sendable (any CollectedRows) -> any CollectedRows = { $0 }
    ) {
        self.project = project
        self.collected = collected
    }
}

/// Everything a command works with.
struct Desk: Sendable {
    let program: Program
    /// Nil where there is none, and the command only looks.
    let project: Project?
    let rows: any ProjectRows
    /// Nil where there is no project.
    let store: (any CollectedRows)?
    let vault: Vault
    let outbound: Outbound
    let sandboxes: Sandboxes

    /// Refuses what has no meaning where there is no project.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    @discardableResult
    func requireProject() throws -> any CollectedRows {
        if let store { return store }
        throw MaxError("project_missing", "There is no project here.", fix: "Make one with max init, or max connect.")
    }

    /// How commands that are told to people are spelled here.
    var spelling: CalledAs { program.settings.calledAs }

    /// Says a line for people, with each command in it as they have to type it.
    func say(_ line: StyledText) { terminal.say(line.mapping(spelling.spell)) }

    var terminal: Terminal { program.terminal }
    var printer: Printer { program.printer }
    var registry: ConnectorRegistry { program.registry }

    /// The one setup engine.
    var setup: SetupService {
        SetupService(
            registry: registry, connections: rows, sessions: rows, keeper: vault, upstreams: outbound,
            sandboxes: sandboxes, surroundings: program.surroundings)
    }

    /// The one sync engine.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    func sync() throws -> SyncService {
        let store = try requireProject()
        return SyncService(
            registry: registry, connections: rows, runs: store, records: store, keeper: vault, upstreams: outbound,
            sandboxes: sandboxes, surroundings: program.surroundings)
    }

    /// Questions about what was collected.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    func query() throws -> QueryService {
        QueryService(records: try requireProject(), connections: rows, now: program.surroundings.now)
    }

    /// The plans of every connector that can be used; `broken` is told of each that cannot.
    func plans(broken: (String, any Error) -> Void = { _, _ in }) async throws -> [SetupPlan] {
        let deployment = Deployment(vaultLock: await vault.lock(), opens: [])
        let connections = try await rows.connections()
        var plans: [SetupPlan] = []
        for name in registry.names {
            let connector: any Connector
            do { connector = try await registry.connector(name) } catch {
                broken(name, error)
                continue
            }
            plans.append(
                .make(
                    connector, rehearsal: await connector.flow.rehearse(), deployment,
                    hasSandbox: registry.sandbox(of: name) != nil, connections: connections))
        }
        return plans
    }
}
