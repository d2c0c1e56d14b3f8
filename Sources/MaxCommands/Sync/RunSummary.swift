internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// How a sync ended, in the words for people: what there is now, or one reason and one thing to do.
struct RunSummary {
    let run: Run
    let connection: Connection
    /// How many records the connection has now.
    let stored: Int
    /// Commands to go on with, each with what it is for.
    var hints: [(purpose: String, command: String)] = []

    var lines: [StyledText] {
        switch run.state {
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
        switch run.state {
        case .complete, .requested, .running: .done
        case .partial: .partial
        case .cancelled: .cancelled
        case .failed: run.ending?.problem.map { Failure.status(of: $0) } ?? .failed
        }
    }

    /// What a program is told when it was not done.
    var error: ProblemBody? {
        switch run.state {
        case .failed: run.ending?.problem.map { ProblemBody($0) } ?? ProblemBody(Self.unexplained)
        case .cancelled:
            ProblemBody(
                MaxError(
                    "cancelled", "The sync was stopped; what had come is kept.",
                    fix: "Go on with max sync \(connection.slug)."))
        case .requested, .running, .complete, .partial: nil
        }
    }

    private var sum: RunProgress.Count {
        run.progress.counts.values.reduce(into: RunProgress.Count()) { sum, count in
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
        (run.ending?.emptiness ?? [:]).sorted { $0.key < $1.key }.compactMap { entity, emptiness in
            if case .unproven(let why) = emptiness { "  No \(entity), and that is not certain: \(why)" } else { nil }
        }
    }

    /// No record is never a bare zero: it is proven, or it says why it is not.
    private var emptiness: [StyledText] {
        let reasons = (run.ending?.emptiness ?? [:]).sorted { $0.key < $1.key }.map(\.value)
        let doubts = reasons.compactMap { if case .unproven(let why) = $0 { why } else { nil } }
        let proofs = reasons.compactMap { if case .proven(let how) = $0 { how } else { nil } }
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
        let missing = run.ending?.missing ?? []
        let problem = run.ending?.problem ?? missing.first?.problem
        var lines: [StyledText] = [
            "\("!", .warning) \("\(Phrase.count(stored, "record")) collected, and part of it is missing", .strong)"
        ]
        lines += [problem?.sentence].compactMap(\.self).map { "  \($0)" }
        let heals = missing.allSatisfy { $0.healing == .nextSync }
        lines.append("  \(heals ? tryingAgain : fix(problem) ?? "See max run \(run.id.short).")")
        return lines + ["  All of it: \("max run \(run.id.short)", .accent)"]
    }

    private var failed: [StyledText] {
        let problem = run.ending?.problem
        let kept =
            stored > 0
            ? ["  The \(Phrase.count(stored, "record")) collected before \(stored == 1 ? "is" : "are") kept."] : []
        return ["\("✗", .bad) \(problem?.sentence ?? Self.unexplained.message)", "  \(fix(problem) ?? tryingAgain)"]
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
    private func fix(_ problem: Problem?) -> String? {
        switch problem?.fix {
        case .link(let title, let url): "\(title): \(url.absoluteString), then max reconnect \(connection.slug)"
        case .action(let action): action
        case nil where problem?.kind == .auth: "Give it a new credential: max reconnect \(connection.slug)"
        case nil: nil
        }
    }

    private static func each(_ sentences: [String]) -> [StyledText] {
        var seen: Set<String> = []
        return sentences.filter { seen.insert($0).inserted }.map { "  \($0)" }
    }

    private static var unexplained: MaxError { MaxError("sync_failed", "This sync could not collect anything.") }
}

extension RunID {
    /// Enough of it to be told from others by a person.
    var short: String { String(rawValue.prefix(12)) }
}
