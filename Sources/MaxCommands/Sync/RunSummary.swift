internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// How a sync ended, in the words for people: what there is now, or one reason and one thing to do.
struct RunSummary {
    let run: RunBody
    let connection: ConnectionBody
    /// How many records the connection has now.
    let stored: Int
    /// Commands to go on with, each with what it is for.
    var hints: [(purpose: String, command: String)] = []

    var lines: [StyledText] {
        switch run.standing {
        case .complete where stored == 0: emptiness
        case .complete:
            ["\("✓", .good) \(isFirst ? "\(Phrase.count(stored, "record")) collected" : upToDate, .strong)"]
                + (isFirst ? doubts + hints.map { "  \($0.purpose): \($0.command, .accent)" } : [])
        case .partial: partial
        case .failed: failed
        case .cancelled: stopped
        case .requested, .running: ["  \("It goes on without this window.", .dim)", watch]
        }
    }

    /// The state's exit code.
    var status: ExitStatus {
        switch run.standing {
        case .complete, .requested, .running: .done
        case .partial: .partial
        case .cancelled: .cancelled
        case .failed: run.problem.map { Failure.status(of: Problem($0)) } ?? .failed
        }
    }

    /// What a program is told when it was not done.
    var error: ProblemBody? {
        switch run.standing {
        case .failed: run.problem ?? ProblemBody(Self.unexplained)
        case .cancelled:
            ProblemBody(
                MaxError(
                    "cancelled", "The sync was stopped; what had come is kept.",
                    fix: "Go on with max sync \(connection.slug)."))
        case .requested, .running, .complete, .partial: nil
        }
    }

    private var sum: RunProgress.Count {
        run.counts.values.reduce(into: RunProgress.Count()) { sum, count in
            sum.added += count.added
            sum.changed += count.changed
            sum.unchanged += count.unchanged
            sum.gone += count.gone
        }
    }

    /// Whether there was nothing before it.
    private var isFirst: Bool { sum.added - sum.gone >= stored }

    private var upToDate: String {
        let parts = [(sum.added, "new"), (sum.changed, "changed"), (sum.gone, "gone")].filter { $0.0 > 0 }
            .map { "\(Phrase.number($0.0)) \($0.1)" }
        return "Up to date: \(parts.isEmpty ? "nothing changed" : parts.joined(separator: ", "))"
            + " · \(Phrase.count(stored, "record"))"
    }

    /// The entities of which there is no record, and nobody could tell whether there are any.
    private var doubts: [StyledText] {
        run.emptiness.sorted { $0.key < $1.key }.filter { !$0.value.proven }.map { entity, emptiness in
            "  No \(entity), and that is not certain: \(emptiness.words)"
        }
    }

    /// No record is never a bare zero: it is proven, or it says why it is not.
    private var emptiness: [StyledText] {
        let reasons = run.emptiness.sorted { $0.key < $1.key }.map(\.value)
        let (doubts, proofs) = (reasons.filter { !$0.proven }.map(\.words), reasons.filter(\.proven).map(\.words))
        if sum.gone > 0, doubts.isEmpty {
            return ["\("✓", .good) \("Nothing there any more", .strong)"] + Self.each(proofs)
        }
        if !doubts.isEmpty || proofs.isEmpty {
            return ["\("!", .warning) \("No records, and nobody could tell whether there are any", .strong)"]
                + Self.each(doubts)
        }
        return ["\("✓", .good) \("Nothing there yet", .strong)"] + Self.each(proofs)
    }

    private var partial: [StyledText] {
        let problem = run.problem ?? run.missing.first?.problem
        var lines: [StyledText] = [
            "\("!", .warning) \("\(Phrase.count(stored, "record")) collected, and part of it is missing", .strong)"
        ]
        lines += [problem?.message].compactMap(\.self).map { "  \($0)" }
        let heals = run.missing.allSatisfy(\.heals)
        lines.append("  \(heals ? tryingAgain : fix(problem) ?? "See max run \(run.short).")")
        return lines + ["  All of it: \("max run \(run.short)", .accent)"]
    }

    private var failed: [StyledText] {
        let problem = run.problem
        let kept =
            stored > 0
            ? ["  The \(Phrase.count(stored, "record")) collected before \(stored == 1 ? "is" : "are") kept."] : []
        return ["\("✗", .bad) \(problem?.message ?? Self.unexplained.message)", "  \(fix(problem) ?? tryingAgain)"]
            + kept.map { StyledText($0) }
    }

    private var stopped: [StyledText] {
        let kept =
            stored > 0
            ? "The \(Phrase.count(stored, "record")) so far \(stored == 1 ? "is" : "are") kept."
            : "Nothing had come yet."
        return [
            "\("!", .warning) \("Stopped.", .strong) \(kept)",
            "  Go on with: \("max sync \(connection.slug)", .accent)",
        ]
    }

    private var watch: StyledText { "  Watch it with: \("max sync \(connection.slug) --follow", .accent)" }

    private var tryingAgain: String { "The next sync tries again: max sync \(connection.slug)" }

    /// The one thing to do.
    private func fix(_ problem: ProblemBody?) -> String? {
        guard let problem else { return nil }
        if let page = problem.url { return "\(problem.fix ?? ""): \(page), then max reconnect \(connection.slug)" }
        let isRefusal = problem.kind == Problem.Kind.auth.rawValue
        return problem.fix ?? (isRefusal ? "Give it a new credential: max reconnect \(connection.slug)" : nil)
    }

    private static func each(_ sentences: [String]) -> [StyledText] {
        var seen: Set<String> = []
        return sentences.filter { seen.insert($0).inserted }.map { "  \($0)" }
    }

    private static var unexplained: MaxError { MaxError("sync_failed", "This sync could not collect anything.") }
}
