package import Foundation
package import MaxCore

/// The place where runs and their tasks lie.
///
/// Each method is one transaction. What a run collects is stored through its lease only, so that a process that lost it
/// cannot write any more.
package protocol RunRows: Sendable {
    /// The run of that id.
    func run(_ id: RunID) async throws -> Run?
    /// The newest runs, of one connection or of all, the newest first.
    ///
    /// - Parameter later: The run behind which they begin; none are found behind one that there is not.
    func runs(of connection: ConnectionID?, before later: RunID?, limit: Int) async throws -> [Run]
    /// The runs that tell how a connection, or each of all, is: its newest one, and the newest that collected everything.
    func standingRuns(of connection: ConnectionID?) async throws -> [ConnectionID: [Run]]
    /// The runs that wait or are under way; those asked for first come first.
    func openRuns(limit: Int) async throws -> [Run]
    /// Stores a request for a run; a connection whose run is requested or under way keeps that one.
    ///
    /// - Returns: The run that will collect or is collecting.
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`, `connection_revoked` or `connection_inactive`.
    func request(_ run: RequestedRun) async throws -> Run
    /// Asks a run to stop; one that nobody works on is ended at once, one that ended stays as it is.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found`.
    func requestCancel(_ id: RunID, at time: Date) async throws -> Run

    /// Runs `work` while this process is known to be alive as that worker; the end of the process ends that too.
    func present<Result: Sendable>(
        as worker: WorkerID, _ work: @Sendable () async throws -> Result
    ) async throws -> Result
    /// Takes a requested run, or one whose worker is dead or silent for longer than its lease.
    ///
    /// Other runs of the connection that nobody works on any more end as cancelled, and the tasks that they left become
    /// this one's, unless it collects everything anew.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_not_found`, `run_ended`, or `run_under_way` when somebody works on a
    ///   run of the connection; as ``request(_:)`` when the connection may not be collected from any more.
    func take(_ id: RunID, as worker: WorkerID, until: Date, at time: Date) async throws -> TakenRun
    /// Keeps a lease.
    ///
    /// - Returns: Whether somebody asked the run to stop.
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`.
    func renew(_ lease: RunLease) async throws -> Bool
    /// Sets the stages that people watch, to which the tasks that earlier runs left are added, and adds first jobs.
    ///
    /// - Parameter everything: Whether every list will be read; a run that is limited to some entities reads no whole.
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`.
    func begin(_ lease: RunLease, stages: [RunProgress.Stage], spawns: [Spawn], everything: Bool) async throws
    /// The tasks that can be worked on now, without those named and those on the ways to hold back, and when the next of
    /// the others can be.
    func tasks(
        of lease: RunLease, excluding: Set<Int64>, holding ways: Set<String>, at time: Date, limit: Int
    ) async throws -> TaskSupply
    /// Stores steps: records, edges, cursors, follow-up work and progress, all of it or nothing.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`, with nothing stored.
    func commit(_ steps: [TaskStep], under lease: RunLease, at time: Date) async throws -> CommitReceipt
    /// Ends a run and gives its lease back; tasks that failed or wait are kept for the next one.
    ///
    /// A reading of everything is over with the first complete or partial run that leaves no task waiting: a list that
    /// failed is tried again by itself. Until then the jobs that it has behind it are not added again, in later runs
    /// either.
    ///
    /// - Parameter reconciling: The entities of which every list was read whole: their records that no list has any
    ///   more are gone.
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`.
    func finish(
        _ lease: RunLease, _ state: RunState, _ ending: RunEnding, reconciling: Set<String>, at time: Date
    ) async throws -> Run
    /// The tasks of a run that failed, each with its problem; at most `limit`.
    func failures(of run: RunID, limit: Int) async throws -> [TaskFailure]
}

extension RunRows {
    /// The newest runs, of one connection or of all, the newest first.
    package func runs(of connection: ConnectionID?, limit: Int) async throws -> [Run] {
        try await runs(of: connection, before: nil, limit: limit)
    }
}

/// A run that was taken, and what earlier ones know.
package struct TakenRun: Sendable {
    package let run: Run
    package let lease: RunLease
    /// How many tasks earlier runs left to it.
    package let adopted: Int
    /// When everything was last read to the end; nil when it never was.
    package let lastWholeAt: Date?
    /// Whether a reading of everything was begun and is not over.
    package let isPassOpen: Bool
    /// Why the provider refused the credential that is in force; nil when it did not.
    package let refusal: Problem?

    package init(
        run: Run, lease: RunLease, adopted: Int, lastWholeAt: Date?, isPassOpen: Bool, refusal: Problem?
    ) {
        self.run = run
        self.lease = lease
        self.adopted = adopted
        self.lastWholeAt = lastWholeAt
        self.isPassOpen = isPassOpen
        self.refusal = refusal
    }
}

/// Tasks to work on.
package struct TaskSupply: Sendable {
    /// Those that can be worked on now, the oldest first.
    package let ready: [SyncTask]
    /// When the first of those that wait can be; nil when none waits.
    package let nextAt: Date?

    package init(ready: [SyncTask], nextAt: Date?) {
        self.ready = ready
        self.nextAt = nextAt
    }
}

/// What a commit did.
package struct CommitReceipt: Sendable {
    /// What became of each step's records, in the order of the steps.
    package let written: [WriteCounts]
    /// How many records each step told of that the same reading of its list had not seen before.
    package let news: [Int]
    package let progress: RunProgress
    package let isCancelRequested: Bool

    package init(written: [WriteCounts], news: [Int], progress: RunProgress, isCancelRequested: Bool) {
        self.written = written
        self.news = news
        self.progress = progress
        self.isCancelRequested = isCancelRequested
    }
}

/// A task that was given up.
package struct TaskFailure: Sendable, Hashable {
    package let job: SyncJob
    package let problem: Problem

    package init(job: SyncJob, problem: Problem) {
        self.job = job
        self.problem = problem
    }
}

extension MaxError.Code {
    /// No run has that id.
    package static let runNotFound: Self = "run_not_found"
    /// The run is over.
    package static let runEnded: Self = "run_ended"
    /// Somebody works on a run of the connection.
    package static let runUnderWay: Self = "run_under_way"
    /// Another process took the run over, or the connection is gone.
    package static let leaseLost: Self = "lease_lost"
    /// The connection is paused, or its setup is not finished.
    package static let connectionInactive: Self = "connection_inactive"
}
