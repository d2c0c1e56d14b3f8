internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal

/// A sync that is watched: what its stored row says, looked at four times a second at most, whoever works on it.
actor RunScene {
    private let runs: any RunRows
    private let now: @Sendable () -> Date
    private var run: Run
    private var lookedAt = ContinuousClock.now
    private var pace = RunPace()
    private var turn = 0
    private var told: Set<String> = []
    private var toldAt = ContinuousClock.now

    init(_ run: Run, runs: any RunRows, now: @escaping @Sendable () -> Date) {
        (self.run, self.runs, self.now) = (run, runs, now)
    }

    /// The run as it was stored a moment ago.
    func look() async throws -> Run {
        guard ContinuousClock.now - lookedAt >= .milliseconds(200) else { return run }
        run = try await runs.run(run.id) ?? run
        lookedAt = .now
        return run
    }

    /// Takes the run as it ended.
    func end(with run: Run) { self.run = run }

    /// The run as a block; as it was, where it cannot be looked at.
    func picture(isStopping: Bool) async -> [StyledText] {
        _ = try? await look()
        turn += 1
        let left = pace.look(at: run, now())
        return RunPicture(run: run, now: now(), left: left, turn: turn, isStopping: isStopping).lines
    }

    /// What there is to say on plain lines: each stage once it is over, and how far it is after five silent seconds.
    func news() async -> [String] {
        _ = try? await look()
        let over = run.progress.stages.filter {
            $0.known > 0 && run.progress.isOver($0) && told.insert($0.way).inserted
        }
        var lines = over.map { stage in
            "\(stage.title): \(stage.records > 0 ? Phrase.number(stage.records) : "none")"
                + (stage.failed > 0 ? ", \(Phrase.count(stage.failed, "part")) failed" : "")
        }
        if lines.isEmpty, !run.state.isEnded, ContinuousClock.now - toldAt >= .seconds(5) {
            lines = ["\(Phrase.count(run.progress.records, "record")) so far"]
        }
        if !lines.isEmpty { toldAt = .now }
        return lines
    }

    /// Waits for the end of a run that another process works on.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `run_abandoned` when nobody does.
    func follow() async throws -> Run {
        let start = ContinuousClock.now
        while true {
            let run = try await look()
            if run.state.isEnded { return run }
            let isWaiting = run.state == .requested && ContinuousClock.now - start > .seconds(5)
            if run.isStalled || isWaiting { throw Self.abandoned(run) }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private static func abandoned(_ run: Run) -> MaxError {
        let sentence =
            run.isStalled
            ? "The process that collected is gone; what it had collected is kept." : "Nobody has begun this sync."
        return MaxError(.runAbandoned, sentence, fix: "Leave out --follow to go on with it.")
    }
}

extension MaxError.Code {
    /// Nobody works on the run.
    static let runAbandoned: Self = "run_abandoned"
}
