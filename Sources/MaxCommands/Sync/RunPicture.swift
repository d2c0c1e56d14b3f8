internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// A sync as one calm block: a line for each stage, and one for the record that came last.
struct RunPicture {
    let run: RunBody
    let now: Date
    /// How long each stage will take, in seconds, by its place, where that can be told.
    var left: [Int: TimeInterval] = [:]
    /// Counts the drawings, for the mark that moves.
    var turn = 0
    var isStopping = false

    private static let marks = ["◐", "◓", "◑", "◒"]

    /// The stages that are shown, with their places: of a sync that is over, those that had something to do.
    private var stages: [(place: Int, stage: StageBody)] {
        run.stages.enumerated().filter { !run.standing.isEnded || $0.element.lists > 0 }.map { ($0.offset, $0.element) }
    }

    var lines: [StyledText] {
        let stages = stages
        let widest = stages.map(\.stage.title.displayWidth).max() ?? 0
        let digits = stages.map { count(of: $0.stage).count }.max() ?? 0
        return stages.map { line($0.stage, left: left[$0.place], title: widest, digits: digits) }
            + [tail].compactMap(\.self)
    }

    private func line(_ stage: StageBody, left: TimeInterval?, title: Int, digits: Int) -> StyledText {
        let name = stage.title + String(repeating: " ", count: max(0, title - stage.title.displayWidth))
        guard stage.lists > 0 else { return "  \("·", .dim) \(name, .dim)" }
        let number = count(of: stage)
        let count = String(repeating: " ", count: digits - number.count) + number
        return "  " + mark(of: stage) + " \(name)  \(count, stage.records > 0 ? .strong : .dim)"
            + StyledText(details(of: stage, left: left), .dim)
    }

    /// How many records a stage brought so far; never a bare zero.
    private func count(of stage: StageBody) -> String {
        if stage.records > 0 { return Phrase.number(stage.records) }
        return stage.done || run.standing.isEnded ? "none" : "…"
    }

    private func mark(of stage: StageBody) -> StyledText {
        if stage.done { return stage.failed > 0 ? "\("!", .warning)" : "\("✓", .good)" }
        return run.standing.isEnded || run.stalled ? "\("·", .dim)" : "\(Self.marks[turn % Self.marks.count], .accent)"
    }

    /// What is known besides the count: the total and the time that is left, and what failed.
    private func details(of stage: StageBody, left: TimeInterval?) -> String {
        var details = ""
        if !stage.done, let total = stage.total, total > 0 {
            details += " of \(Phrase.number(total))"
            if let seconds = left, !run.standing.isEnded { details += " · about \(Phrase.rest(seconds)) left" }
        }
        if stage.failed > 0 { details += " · \(Phrase.count(stage.failed, "part")) failed" }
        return details
    }

    private var tail: StyledText? {
        if run.standing.isEnded { return nil }
        if isStopping { return "  \("Stopping at a safe point… Ctrl-C again ends at once.", .dim)" }
        if run.standing == .requested { return "  \("Waiting to begin…", .dim)" }
        guard let last = run.lastRecord else { return "  \("Nothing has come yet…", .dim)" }
        let name = (last.title ?? last.ref).harmless.cut(to: 40)
        let age = Phrase.span(now.timeIntervalSince(last.at))
        return "  \("\(Phrase.count(run.records, "record")) · last record: \(name), \(age) ago", .dim)"
    }
}

/// How fast the stages of a run go, from what was seen of them.
struct RunPace {
    private var beginnings: [Int: (at: Date, records: Int)] = [:]

    /// Looks at a run, and tells how many seconds each stage of a known size will still take, by its place.
    mutating func look(at run: RunBody, _ now: Date) -> [Int: TimeInterval] {
        var left: [Int: TimeInterval] = [:]
        for (place, stage) in run.stages.enumerated() where stage.lists > 0 && !stage.done {
            let beginning = beginnings[place] ?? (now, stage.records)
            beginnings[place] = beginning
            let (seconds, came) = (now.timeIntervalSince(beginning.at), stage.records - beginning.records)
            guard seconds >= 2, came > 0, let total = stage.total, total > stage.records else { continue }
            left[place] = Double(total - stage.records) * seconds / Double(came)
        }
        return left
    }
}
