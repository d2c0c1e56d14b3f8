internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The rim of a run: it does what the board says can be done, and tells it what came of it.
///
/// Everything under way is a child of one group: loaders, the commit, the look for tasks, the heartbeat. When the lease is
/// lost, the group is cancelled and nothing is written any more.
struct RunLoop {
    private let lease: RunLease
    private let open: OpenConnection
    private let service: SyncService
    private let recorder: FlightRecorder
    private var board: WorkBoard
    private var making: StepMaking
    private var lastAchievement: Date
    private var hasAchieved = false
    /// When the first task is welcome that is not waited for.
    private var postponedUntil: Date?
    /// How far the run came, as it was last stored.
    private var progress: RunProgress

    /// What has happened.
    private enum Event: Sendable {
        case fetched(SyncTask, Fetched)
        case committed(CommitReceipt)
        case supplied(TaskSupply)
        case woken
        case beat(isCancelRequested: Bool)
        case interrupted
    }

    /// What a run's work came to.
    struct Outcome: Sendable {
        let stop: WorkBoard.Stop?
        /// Whether anything was read.
        let hasAchieved: Bool
        /// When the provider wants to be asked for what is left, where that is later than a run waits.
        let postponedUntil: Date?
        let progress: RunProgress
        let making: StepMaking
    }

    init(
        _ service: SyncService, _ lease: RunLease, _ open: OpenConnection, _ making: StepMaking,
        _ recorder: FlightRecorder
    ) {
        self.lease = lease
        self.open = open
        self.service = service
        self.recorder = recorder
        self.making = making
        board = WorkBoard(limits: service.limits, holding: making.course.heldWays)
        lastAchievement = service.surroundings.now()
        progress = RunProgress(stages: making.course.stages)
    }

    /// Works until everything is done, or nothing further may be begun and what was under way is stored.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost`, or what the store throws.
    mutating func run() async throws -> Outcome {
        try await withThrowingTaskGroup(of: Event.self) { group in
            beat(in: &group)
            while true {
                if Task.isCancelled { board.halt(.cancelled) }
                for move in board.moves() { start(move, in: &group) }
                if board.isOver { break }
                guard let event = try await group.next() else { break }
                let wasStopped = board.stop != nil
                take(event, in: &group)
                if !wasStopped, board.stop != nil { group.cancelAll() }
            }
            group.cancelAll()
        }
        return Outcome(
            stop: board.stop, hasAchieved: hasAchieved, postponedUntil: postponedUntil, progress: progress,
            making: making)
    }
}

// MARK: Moves

extension RunLoop {
    private typealias Group = ThrowingTaskGroup<Event, any Error>

    private func start(_ move: WorkBoard.Move, in group: inout Group) {
        let (service, lease) = (service, lease)
        switch move {
        case .call(let task) where making.course.isOutdated(task):
            group.addTask { .fetched(task, .outdated) }
        case .call(let task):
            let call = call(task)
            group.addTask { .fetched(task, await call.fetch()) }
        case .commit(let steps):
            let steps = recorder.accompany(steps)
            group.addTask {
                .committed(try await service.runs.commit(steps, under: lease, at: service.surroundings.now()))
            }
        case .fetch(let excluding, let held, let limit):
            group.addTask {
                try await Self.unlessCancelled {
                    .supplied(
                        try await service.runs.tasks(
                            of: lease, excluding: excluding, holding: held, at: service.surroundings.now(),
                            limit: limit))
                }
            }
        case .wait(let time):
            let wait = Duration.seconds(max(0, time.timeIntervalSince(service.surroundings.now())))
            group.addTask {
                try await Self.unlessCancelled {
                    try await service.sleep(wait)
                    return .woken
                }
            }
        }
    }

    private func call(_ task: SyncTask) -> LoaderCall {
        let course = making.course
        return LoaderCall(
            connector: open.connector, map: course.map, task: task, readsEverything: course.readsEverything,
            mayBeginFeeds: course.only.isEmpty, provider: making.provider, witness: open.witness)
    }

    /// Renews the lease after a while.
    private func beat(in group: inout Group) {
        let (service, lease) = (service, lease)
        group.addTask {
            try await Self.unlessCancelled {
                try await service.sleep(.seconds(service.limits.renewal))
                return .beat(isCancelRequested: try await service.renew(lease))
            }
        }
    }

    /// Does what may be left when the run is being stopped.
    private static func unlessCancelled(_ work: @Sendable () async throws -> Event) async throws -> Event {
        do { return try await work() } catch is CancellationError { return .interrupted }
    }
}

// MARK: Events

extension RunLoop {
    private mutating func take(_ event: Event, in group: inout Group) {
        let now = service.surroundings.now()
        switch event {
        case .fetched(let task, let fetched):
            if case .halt(let problem) = fetched { board.halt(.halted(problem)) }
            let step = making.step(of: task, fetched, at: now, random: service.random())
            if let step { recorder.note(step, at: now) }
            board.finish(task, step, next: step.flatMap(making.next(after:)))
        case .committed(let receipt):
            let steps = board.committed()
            for (step, news) in zip(steps, receipt.news) { making.note(step, news: news) }
            if steps.contains(where: \.outcome.isAchievement) { (lastAchievement, hasAchieved) = (now, true) }
            progress = receipt.progress
            if receipt.isCancelRequested { board.halt(.cancelled) }
            haltWithoutRoom()
        case .supplied(let supply): take(supply, at: now)
        case .woken: board.wake()
        case .beat(let isCancelRequested):
            if isCancelRequested { board.halt(.cancelled) }
            if now.timeIntervalSince(lastAchievement) > service.limits.silence { board.halt(.silent) }
            haltWithoutRoom()
            if board.stop == nil { beat(in: &group) }
        case .interrupted: break
        }
    }

    /// Hands tasks to the board; what takes longer than patience lasts is left to the next run.
    private mutating func take(_ supply: TaskSupply, at now: Date) {
        postponedUntil = supply.nextAt.flatMap { $0 > now + service.limits.patience ? $0 : nil }
        board.supply(postponedUntil == nil ? supply : TaskSupply(ready: supply.ready, nextAt: nil))
    }

    /// Stops before the disk is full, with room to say so.
    private mutating func haltWithoutRoom() {
        let surroundings = service.surroundings
        if let problem = surroundings.diskBounds.problem(surroundings.headroom()) { board.halt(.halted(problem)) }
    }
}
