internal import Foundation
internal import MaxCore
internal import MaxHub

/// Who does what in a run: the tasks at hand, those under way, and the steps that wait to be stored.
///
/// A state machine without I/O. It says what can be done now, and is told what came of it. Steps that are ready while a
/// commit is under way go into the next one together; one that is ready while there is none is committed at once. While a
/// page is stored, the next one of the same task may be read already: never further ahead, and stored after it.
struct WorkBoard: Sendable {
    /// What can be done now.
    enum Move: Sendable {
        case call(SyncTask)
        case commit([TaskStep])
        /// Looks for tasks besides those at hand, on other ways than those that are held back.
        case fetch(excluding: Set<Int64>, holding: Set<String>, limit: Int)
        /// Looks again at that time.
        case wait(until: Date)
    }

    /// Why no further task is begun.
    enum Stop: Sendable, Hashable {
        /// Somebody asked for it.
        case cancelled
        /// Nothing can be had, for that reason.
        case halted(Problem)
        /// Nothing was achieved for too long.
        case silent
    }

    private let limits: SyncLimits
    /// The ways that are held back until nothing else is left to do.
    private var held: Set<String>
    private var ready: [SyncTask] = []
    private var calling: [Int64: SyncTask] = [:]
    private var finished: [TaskStep] = []
    private var committing: [TaskStep] = []
    /// How many steps of a task are not stored yet.
    private var unstored: [Int64: Int] = [:]
    private var isFetching = false
    private var mayHaveMore = true
    private var nextAt: Date?
    private var wakeAt: Date?
    private(set) var stop: Stop?

    init(limits: SyncLimits, holding held: Set<String> = []) {
        self.limits = limits
        self.held = held
    }

    /// Whether nothing is under way, and nothing is left that could be begun.
    var isOver: Bool {
        if stop != nil { return calling.isEmpty && finished.isEmpty && committing.isEmpty }
        return isIdle && held.isEmpty
    }

    /// Whether nothing is under way, and nothing is known that could be begun now or later.
    private var isIdle: Bool {
        calling.isEmpty && finished.isEmpty && committing.isEmpty && ready.isEmpty && !isFetching && !mayHaveMore
            && nextAt == nil
    }

    /// What can be done now; each move is given once.
    mutating func moves() -> [Move] {
        var moves: [Move] = []
        if committing.isEmpty, !finished.isEmpty {
            swap(&committing, &finished)
            moves.append(.commit(committing))
        }
        guard stop == nil else { return moves }
        releaseHeld()
        while let task = nextTask() {
            calling[task.id] = task
            moves.append(.call(task))
        }
        if mayHaveMore, !isFetching, ready.count < limits.concurrency {
            (isFetching, mayHaveMore) = (true, false)
            moves.append(.fetch(excluding: atHand, holding: held, limit: 2 * limits.concurrency))
        }
        if let nextAt, wakeAt.map({ nextAt < $0 }) ?? true {
            wakeAt = nextAt
            moves.append(.wait(until: nextAt))
        }
        return moves
    }

    private var atHand: Set<Int64> {
        Set(ready.map(\.id)).union(calling.keys).union(finished.map(\.task.id)).union(committing.map(\.task.id))
    }

    private mutating func nextTask() -> SyncTask? {
        let pages = calling.count + finished.count + committing.count
        guard calling.count < limits.concurrency, pages < limits.pages else { return nil }
        return ready.firstIndex { unstored[$0.id, default: 0] <= 1 }.map { ready.remove(at: $0) }
    }

    /// Lets the ways that were held back go once nothing else is left.
    private mutating func releaseHeld() {
        guard isIdle, !held.isEmpty else { return }
        (held, mayHaveMore) = ([], true)
    }
}

extension WorkBoard {
    /// Notes that a task's loader is done, with the step to store; nil when there is nothing to store.
    ///
    /// - Parameter next: The task behind that step, where it may be gone on with before the step is stored.
    mutating func finish(_ task: SyncTask, _ step: TaskStep?, next: SyncTask? = nil) {
        calling[task.id] = nil
        guard let step else { return }
        finished.append(step)
        unstored[task.id, default: 0] += 1
        if let next, stop == nil { ready.insert(next, at: 0) }
    }

    /// Notes that the commit under way is durable.
    ///
    /// - Returns: Its steps.
    mutating func committed() -> [TaskStep] {
        defer { committing = [] }
        for step in committing {
            let left = unstored[step.task.id, default: 1] - 1
            unstored[step.task.id] = left > 0 ? left : nil
        }
        mayHaveMore = true
        return committing
    }

    /// Takes tasks that were found.
    mutating func supply(_ supply: TaskSupply) {
        isFetching = false
        // Steps may have been committed since the question was asked; what they left is asked for again.
        ready += supply.ready
        nextAt = supply.nextAt
        if supply.ready.count >= 2 * limits.concurrency { mayHaveMore = true }
    }

    /// Notes that the time has come to look again.
    mutating func wake() {
        (wakeAt, nextAt) = (nil, nil)
        mayHaveMore = true
    }

    /// Begins nothing further; the first reason counts.
    mutating func halt(_ reason: Stop) {
        stop = stop ?? reason
        ready = []
    }
}

extension TaskStep.Outcome {
    /// Whether a page was read or a task ended well.
    var isAchievement: Bool {
        switch self {
        case .next, .done, .gone: true
        case .later, .again, .failed: false
        }
    }
}
