internal import Foundation
package import MaxConnector
internal import MaxCore
package import MaxHub

/// The sync engine: it requests runs, carries them out, and tells how they stand.
///
/// How far a run came lies in its row, stored with the records it counts: whoever wants to watch one, in this process or
/// another, asks ``run(_:)`` again every now and then.
package struct SyncService: Sendable {
    let registry: ConnectorRegistry
    let connections: any ConnectionRows
    let runs: any RunRows
    let records: any RecordRows
    let schedules: any ScheduleRows
    let keeper: any SecretKeeper
    let upstreams: any UpstreamFactory
    let sandboxes: any SandboxHost
    let recordings: (any RecordingRows)?
    let surroundings: Surroundings
    let limits: SyncLimits
    let sleep: Sleep
    let random: @Sendable () -> Double

    /// Waits; throws `CancellationError` when the waiting task is cancelled.
    package typealias Sleep = @Sendable (Duration) async throws -> Void

    /// Creates the service over its ports.
    ///
    /// - Parameters:
    ///   - recordings: Where transcripts of runs lie; nil to keep none.
    ///   - random: A number from 0 to 1, by which waits differ.
    package init(
        registry: ConnectorRegistry, connections: any ConnectionRows, runs: any RunRows, records: any RecordRows,
        schedules: any ScheduleRows, keeper: any SecretKeeper, upstreams: any UpstreamFactory,
        sandboxes: any SandboxHost, recordings: (any RecordingRows)? = nil, surroundings: Surroundings,
        limits: SyncLimits = SyncLimits(),
        sleep: @escaping Sleep = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.registry = registry
        self.connections = connections
        self.runs = runs
        self.records = records
        self.schedules = schedules
        self.keeper = keeper
        self.upstreams = upstreams
        self.sandboxes = sandboxes
        self.recordings = recordings
        self.surroundings = surroundings
        self.limits = limits
        self.sleep = sleep
        self.random = random
    }

    /// Asks for a run of a connection; one that is requested or under way already is returned in its place.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`, `connection_revoked`, `connection_inactive`, or
    ///   `entity_unknown` when the scope names an entity that the connector does not collect; `disk_low`.
    package func request(_ connection: ConnectionID, _ scope: RunScope = RunScope()) async throws -> Run {
        try requireRoom()
        let found = try await self.connection(connection)
        let scope = scope.only.isEmpty ? scope : try await self.scope(scope, of: found)
        return try await runs.request(
            RequestedRun(
                id: RunID(in: surroundings), connection: connection, scope: scope, requestedAt: surroundings.now()))
    }

    /// Takes a run that was requested, or whose worker is gone, and works on it until it is over.
    ///
    /// However it ends, the run that comes back says so. Cancelling the task that calls this stops it at a safe point: what
    /// came is stored, and the run comes back as cancelled.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found`; `run_ended`; `run_under_way` when somebody else works on a
    ///   run of the connection; `lease_lost` when another process took it over or its connection is gone, with nothing
    ///   written since; `disk_low`; or what the store throws when it cannot write.
    package func perform(_ id: RunID) async throws -> Run {
        try requireRoom()
        let worker = WorkerID(in: surroundings)
        return try await runs.present(as: worker) {
            let now = surroundings.now()
            let taken = try await runs.take(id, as: worker, until: now + limits.lease, at: now)
            return try await RunWorker(taken: taken, service: self, recorder: FlightRecorder(since: now)).work()
        }
    }

    /// Asks a run to stop; who works on it sees that within seconds.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found`.
    package func cancel(_ id: RunID) async throws -> Run { try await runs.requestCancel(id, at: surroundings.now()) }

    /// A run as it stands now.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found`.
    package func run(_ id: RunID) async throws -> Run {
        guard let run = try await runs.run(id) else {
            throw MaxError(.runNotFound, "There is no sync “\(id.rawValue)”.", fix: "List them with max runs.")
        }
        return run
    }

    /// The newest runs, of one connection or of all, the newest first.
    ///
    /// - Parameter later: The run behind which they begin.
    package func runs(
        of connection: ConnectionID? = nil, before later: RunID? = nil, limit: Int = 20
    ) async throws -> [Run] {
        try await runs.runs(of: connection, before: later, limit: limit)
    }

    /// Refuses to collect where the disk has no room for it.
    private func requireRoom() throws {
        if let refusal = surroundings.diskBounds.refusal(surroundings.headroom()) { throw refusal }
    }

    func connection(_ id: ConnectionID) async throws -> Connection {
        guard let connection = try await connections.connection(id) else {
            throw MaxError(
                .connectionNotFound, "There is no connection “\(id.rawValue)”.", fix: "List them with max ls.")
        }
        return connection
    }

    /// The scope with the entities' own names, whatever the case in which they were given.
    private func scope(_ scope: RunScope, of connection: Connection) async throws -> RunScope {
        let schema = try await registry.connector(connection.connector).schema
        let known = schema.entities.map { $0.definition }.filter { !$0.fields.isEmpty }.map { $0.name }
        let names = try scope.only.sorted().map { word in
            if let name = known.first(where: { $0.lowercased() == word.lowercased() }) { return name }
            throw MaxError(
                .entityUnknown, "\(connection.label) has no records of the kind \(word.quoted).",
                fix: NearestNames.question(word, among: known) ?? "Choose among: \(known.joined(separator: ", ")).")
        }
        return RunScope(scope.mode, only: Set(names))
    }
}
