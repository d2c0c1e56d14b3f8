internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal

/// A sync as one calm block: a line for each stage, and one for the record that came last.
struct RunPicture {
    let run: Run
    let now: Date
    /// How long each stage will take, in seconds, where that can be told.
    var left: [String: TimeInterval] = [:]
    /// Counts the drawings, for the mark that moves.
    var turn = 0
    var isStopping = false

    private static let marks = ["◐", "◓", "◑", "◒"]

    /// The stages that are shown: of a sync that is over, those that had something to do.
    private var stages: [RunProgress.Stage] {
        run.state.isEnded ? run.progress.stages.filter { $0.known > 0 } : run.progress.stages
    }

    var lines: [StyledText] {
        let stages = stages
        let widest = stages.map(\.title.displayWidth).max() ?? 0
        let digits = stages.map { count(of: $0).count }.max() ?? 0
        return stages.map { line($0, title: widest, digits: digits) } + [tail].compactMap(\.self)
    }

    private func line(_ stage: RunProgress.Stage, title: Int, digits: Int) -> StyledText {
        let name = stage.title + String(repeating: " ", count: title - stage.title.displayWidth)
        guard stage.known > 0 else { return "  \("·", .dim) \(name, .dim)" }
        let number = count(of: stage)
        let count = String(repeating: " ", count: digits - number.count) + number
        return "  " + mark(of: stage) + " \(name)  \(count, stage.records > 0 ? .strong : .dim)"
            + StyledText(details(of: stage), .dim)
    }

    /// How many records a stage brought so far; never a bare zero.
    private func count(of stage: RunProgress.Stage) -> String {
        if stage.records > 0 { return Phrase.number(stage.records) }
        return run.progress.isOver(stage) || run.state.isEnded ? "none" : "…"
    }

    private func mark(of stage: RunProgress.Stage) -> StyledText {
        if run.progress.isOver(stage) { return stage.failed > 0 ? "\("!", .warning)" : "\("✓", .good)" }
        return run.state.isEnded || run.isStalled ? "\("·", .dim)" : "\(Self.marks[turn % Self.marks.count], .accent)"
    }

    /// What is known besides the count: the total and the time that is left, and what failed.
    private func details(of stage: RunProgress.Stage) -> String {
        var details = ""
        if !run.progress.isOver(stage), let total = run.progress.total(of: stage), total > 0 {
            details += " of \(Phrase.number(total))"
            if let seconds = left[stage.way], !run.state.isEnded { details += " · about \(Phrase.rest(seconds)) left" }
        }
        if stage.failed > 0 { details += " · \(Phrase.count(stage.failed, "part")) failed" }
        return details
    }

    private var tail: StyledText? {
        if run.state.isEnded { return nil }
        if isStopping { return "  \("Stopping at a safe point… Ctrl-C again ends at once.", .dim)" }
        if run.state == .requested { return "  \("Waiting to begin…", .dim)" }
        guard let last = run.progress.lastRecord else { return "  \("Nothing has come yet…", .dim)" }
        let name = (last.title ?? last.ref).harmless.cut(to: 40)
        let age = Phrase.span(now.timeIntervalSince(last.at))
        return "  \("\(Phrase.count(run.progress.records, "record")) · last record: \(name), \(age) ago", .dim)"
    }
}

/// How fast the stages of a run go, from what was seen of them.
struct RunPace {
    private var beginnings: [String: (at: Date, records: Int)] = [:]

    /// Looks at a run, and tells how many seconds each stage of a known size will still take.
    mutating func look(at run: Run, _ now: Date) -> [String: TimeInterval] {
        var left: [String: TimeInterval] = [:]
        for stage in run.progress.stages where stage.known > 0 && !run.progress.isOver(stage) {
            let beginning = beginnings[stage.way] ?? (now, stage.records)
            beginnings[stage.way] = beginning
            let (seconds, came) = (now.timeIntervalSince(beginning.at), stage.records - beginning.records)
            guard seconds >= 2, came > 0, let total = run.progress.total(of: stage), total > stage.records else {
                continue
            }
            left[stage.way] = Double(total - stage.records) * seconds / Double(came)
        }
        return left
    }
}
