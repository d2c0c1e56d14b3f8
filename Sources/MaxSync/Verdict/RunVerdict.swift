internal import Foundation
internal import MaxCore
internal import MaxHub

/// How a run ended: what its progress, its failures and the reason of its stop come to.
///
/// Pure. Its sentences are for the owner.
struct RunVerdict: Sendable {
    let course: SyncCourse
    let progress: RunProgress
    /// Why it was stopped before everything was done; nil when it was not.
    let stop: WorkBoard.Stop?
    /// Whether anything was read at all.
    let hasAchieved: Bool
    /// The tasks that were given up, at most ``mostFailures``.
    let failures: [TaskFailure]
    /// The records that could not be stored, by the way they came.
    let misfits: [String: StepMaking.Misfits]
    /// The ways on which something was not read from its beginning to its end.
    let notWhole: Set<String>
    /// The entities of which the connection has records.
    let stored: Set<String>
    /// Whether everything was read to the end before this run.
    let wasWhole: Bool
    let provider: String
    /// The provider wants to be asked for what is left later than a run waits; nil when that is nothing.
    var postponed: Problem?

    /// How many failures are looked at one by one; the others count with their stage's largest group.
    static let mostFailures = 2000

    var state: RunState {
        switch stop {
        case .cancelled: return .cancelled
        case .halted: return .failed
        case .silent: return hasAchieved ? .partial : .failed
        case nil: break
        }
        if missing.isEmpty, postponed == nil { return .complete }
        return hasAchieved && !hasRootFailed ? .partial : .failed
    }

    var ending: RunEnding { RunEnding(problem: problem, missing: missing, emptiness: emptiness) }

    /// The entities whose records are gone when no list has them any more.
    var reconciling: Set<String> { stop == nil ? coverage.listed : [] }

    var coverage: SyncCourse.Coverage {
        course.coverage(progress, notWhole: postponed == nil ? notWhole : course.map.ways)
    }

    /// The one reason why the run is not complete.
    private var problem: Problem? {
        switch stop {
        case .cancelled: .stopped
        case .halted(let problem): problem.isRefusal ? problem.latched : problem
        case .silent: .runSilent(provider)
        case nil:
            missing.first { hasRootFailed && rootTitles.contains($0.stage) }?.problem ?? postponed
                ?? missing.first?.problem
        }
    }

    /// Whether nothing at the root could be read, so that nothing new can have been found.
    private var hasRootFailed: Bool {
        !rootStages.isEmpty && rootStages.allSatisfy { $0.failed == $0.known }
    }

    /// The stages at the root that had anything to do.
    private var rootStages: [RunProgress.Stage] {
        let root = course.map.root.entity
        let ways = Set(
            course.map.lists.filter { $0.parent == root }.map(\.way)
                + course.map.feeds.filter { $0.parent == root }.map(\.way))
        return progress.stages.filter { ways.contains($0.way) && $0.known > 0 }
    }

    private var rootTitles: Set<String> { Set(rootStages.map(\.title)) }
}

extension Problem {
    /// Somebody stopped the sync.
    static let stopped = Problem(
        "run_stopped", .retryable, "It was stopped.", fix: .action("Sync again: it goes on from there."))

    /// Nothing came for too long.
    static func runSilent(_ provider: String) -> Problem {
        Problem(
            "run_silent", .retryable, "Nothing more came from \(provider), so the sync was ended.",
            fix: .action("Sync again in a while: it goes on from there."))
    }

    /// The provider wants to be left alone for longer than a run waits.
    static func postponed(_ provider: String, until time: Date, at now: Date) -> Problem {
        Problem(
            "rate_limited", .retryable, "\(provider) asks to wait until \(Phrase.moment(time)).", rung: .answer,
            fix: .action("Sync again then; nothing else is to be done."), retryAfter: time.timeIntervalSince(now))
    }

    /// The refusal of a credential, with the word that it is not tried again.
    var latched: Problem {
        let words = "Nothing more is asked for until it is replaced."
        guard let sentence, !sentence.hasSuffix(words) else { return self }
        var problem = self
        problem.sentence = "\(sentence) \(words)"
        return problem
    }
}
