internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// One process's work on one run, from its lease to its end.
struct RunWorker: Sendable {
    let taken: TakenRun
    let service: SyncService
    let recorder: FlightRecorder

    /// Works until the run is over, and ends it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`, or what the store throws; then the run is left as it is, and
    ///   the next one goes on from there.
    func work() async throws -> Run {
        if let refusal = taken.refusal { return try await finish(.failed, RunEnding(problem: refusal.latched)) }
        let open: OpenConnection
        do { open = try await service.holding(taken.lease) { try await start() } } catch {
            return try await Self.uncancelled { try await finish(for: error) }
        }
        let outcome: RunLoop.Outcome
        do { outcome = try await loop(open) } catch {
            await open.connector.stop()
            if (error as? MaxError)?.code != .leaseLost {
                _ = try? await Self.uncancelled { try await finish(for: error) }
            }
            throw error
        }
        await open.connector.stop()
        return try await Self.uncancelled { try await end(outcome, open) }
    }

    private func start() async throws -> OpenConnection {
        let open = try await service.open(taken.run.connection, recording: recorder)
        try await service.records.prepare(open.schema, of: open.about.name)
        do { try await open.connector.start() } catch let problem as Problem {
            throw open.witness.echo.review(problem, of: open.about.displayName)
        } catch let error where !error.hasWords {
            throw Problem.unexplained("Starting", open.about.displayName)
        }
        return open
    }

    private func loop(_ open: OpenConnection) async throws -> RunLoop.Outcome {
        let course = course(open.map)
        try await service.runs.begin(
            taken.lease, stages: course.stages, spawns: course.seeds, everything: beginsPass)
        let making = StepMaking(
            course, provider: open.about.displayName, entities: Set(open.schema.entityTypes), limits: service.limits)
        var loop = RunLoop(service, taken.lease, open, making, recorder)
        return try await loop.run()
    }
}

// MARK: What is read

extension RunWorker {
    private func course(_ map: SyncMap) -> SyncCourse {
        SyncCourse(
            map, only: taken.run.scope.only, readsEverything: readsEverything,
            isContinuation: taken.isPassOpen, hasLeftovers: taken.adopted > 0)
    }

    /// Whether every list is read from its beginning: when that is asked for, when it never happened or was begun and is
    /// not over, and now and then.
    private var readsEverything: Bool {
        if taken.run.scope.mode == .everything || taken.isPassOpen { return true }
        guard let last = taken.lastWholeAt else { return true }
        let age = service.surroundings.now().timeIntervalSince(last)
        // A time yet to come was told by a clock that has been set right since.
        let isDue = age > service.limits.wholeReading || age < 0
        return isDue && taken.run.scope.only.isEmpty
    }

    /// Whether a reading of everything begins with this run.
    private var beginsPass: Bool { readsEverything && taken.run.scope.only.isEmpty }
}

// MARK: How it ends

extension RunWorker {
    private func end(_ outcome: RunLoop.Outcome, _ open: OpenConnection) async throws -> Run {
        let failures = try await service.runs.failures(of: taken.run.id, limit: RunVerdict.mostFailures)
        let tallies = try await service.records.tallies().filter { $0.connection == taken.run.connection }
        let verdict = RunVerdict(
            course: outcome.making.course, progress: outcome.progress, stop: outcome.stop,
            hasAchieved: outcome.hasAchieved, failures: failures, misfits: outcome.making.misfits,
            notWhole: outcome.making.notWhole,
            stored: Set(tallies.filter { $0.count > 0 }.map(\.entity)), wasWhole: taken.lastWholeAt != nil,
            provider: open.about.displayName,
            postponed: outcome.postponedUntil.map {
                .postponed(open.about.displayName, until: $0, at: service.surroundings.now())
            })
        return try await finish(verdict.state, verdict.ending, reconciling: verdict.reconciling)
    }

    /// Ends the run for an error that kept it from going on.
    private func finish(for error: any Error) async throws -> Run {
        switch error {
        case let problem as Problem: try await finish(.failed, RunEnding(problem: problem))
        case let refused as PrivateAddressRefused: try await finish(.failed, RunEnding(problem: refused.problem))
        case let error as MaxError where error.code == .leaseLost: throw error
        case let error as MaxError: try await finish(.failed, RunEnding(problem: Problem(error)))
        case is CancellationError: try await finish(.cancelled, RunEnding(problem: .stopped))
        default: throw error
        }
    }

    private func finish(
        _ state: RunState, _ ending: RunEnding, reconciling: Set<String> = []
    ) async throws -> Run {
        await keepRecording()
        return try await service.runs.finish(
            taken.lease, state, ending, reconciling: reconciling, at: service.surroundings.now())
    }

    /// Stores what was recorded and is in no commit; a run does not fail for want of its transcript.
    private func keepRecording() async {
        let key = RecordingKey(taken.run.id, of: taken.run.connection)
        let part = recorder.take()
        guard !part.isEmpty else { return }
        try? await service.recordings?.record(part, as: key, at: service.surroundings.now())
    }

    /// Does what has to be done although the task at hand may be cancelled, and waits for it.
    private static func uncancelled<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await Task { try await work() }.value
    }
}

extension Error {
    /// Whether it says in words what happened, or only that the task was cancelled.
    fileprivate var hasWords: Bool {
        self is MaxError || self is PrivateAddressRefused || self is CancellationError
    }
}
