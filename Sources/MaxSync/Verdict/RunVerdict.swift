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

    /// How many failures are looked at one by one; the others count with their stage's largest group.
    static let mostFailures = 2000

    var state: RunState {
        switch stop {
        case .cancelled: return .cancelled
        case .halted: return .failed
        case .silent: return hasAchieved ? .partial : .failed
        case nil: break
        }
        if missing.isEmpty { return .complete }
        return hasAchieved && !hasRootFailed ? .partial : .failed
    }

    var ending: RunEnding { RunEnding(problem: problem, missing: missing, emptiness: emptiness) }

    /// The entities whose records are gone when no list has them any more.
    var reconciling: Set<String> { stop == nil ? coverage.listed : [] }

    var coverage: SyncCourse.Coverage { course.coverage(progress, notWhole: notWhole) }

    /// The one reason why the run is not complete.
    private var problem: Problem? {
        switch stop {
        case .cancelled: .stopped
        case .halted(let problem): problem.isRefusal ? problem.latched : problem
        case .silent: .runSilent(provider)
        case nil: (hasRootFailed ? missing.first { rootWays[$0.stage] != nil } : missing.first)?.problem
        }
    }

    /// Whether anything was read at all.
    private var hasAchieved: Bool {
        progress.records > 0 || progress.stages.contains { $0.over > $0.failed + $0.gone }
    }

    /// Whether nothing at the root could be read, so that nothing new can have been found.
    private var hasRootFailed: Bool {
        !rootWays.isEmpty && rootWays.values.allSatisfy { $0.known > 0 && $0.failed == $0.known }
    }

    /// The stages at the root that had anything to do, by title.
    private var rootWays: [String: RunProgress.Stage] {
        let ways = Set(
            course.map.lists.filter { $0.parent == course.map.root.entity }.map(\.way)
                + course.map.feeds.filter { $0.parent == course.map.root.entity }.map(\.way))
        let stages = progress.stages.filter { ways.contains($0.way) && $0.known > 0 }
        return Dictionary(stages.map { ($0.title, $0) }) { first, _ in first }
    }
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

    /// The refusal of a credential, with the word that it is not tried again.
    var latched: Problem {
        let words = "Nothing more is asked for until it is replaced."
        guard let sentence, !sentence.hasSuffix(words) else { return self }
        var problem = self
        problem.sentence = "\(sentence) \(words)"
        return problem
    }
}
