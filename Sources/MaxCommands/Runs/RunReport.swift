internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal

/// Everything there is to know of a sync, on plain lines.
struct RunReport {
    let run: Run
    /// The connection's short name.
    let name: String

    var lines: [StyledText] {
        [heading] + request + RunPicture(run: run, now: .now).lines.filter { _ in !run.progress.stages.isEmpty }
            + section("What became of the records", counts) + section("What is missing", missing)
            + section("Without a record", emptiness)
            + section("Kept beside their fields, for want of their kind", misfits)
            + reason
    }

    private var heading: StyledText {
        let start = run.startedAt ?? run.requestedAt
        let took = run.endedAt.map { ", \(Phrase.span($0.timeIntervalSince(start)))" } ?? ""
        return "\(name, .strong) · \(run.outcome) · \(Phrase.moment(start))\(took) · \(run.id.rawValue, .dim)"
    }

    private var request: [StyledText] {
        let thorough = run.scope.mode == .everything ? ["Reads every list from its beginning."] : []
        let limited =
            run.scope.only.isEmpty ? [] : ["Collects \(run.scope.only.sorted().joined(separator: ", ")) alone."]
        return (thorough + limited).map { "  \($0, .dim)" }
    }

    private func section(_ title: String, _ lines: [String]) -> [StyledText] {
        lines.isEmpty ? [] : ["\(title, .strong)"] + lines.map { "  \($0)" }
    }

    private var counts: [String] {
        run.progress.counts.sorted { $0.key < $1.key }.map { entity, count in
            let parts = [
                (count.added, "new"), (count.changed, "changed"), (count.unchanged, "as before"), (count.gone, "gone"),
            ].filter { $0.0 > 0 }.map { "\(Phrase.number($0.0)) \($0.1)" }
            return "\(entity): \(parts.isEmpty ? "none" : parts.joined(separator: ", "))"
        }
    }

    private var missing: [String] {
        (run.ending?.missing ?? []).flatMap { missing in
            let problem = missing.problem
            let remedy =
                switch missing.healing {
                case .nextSync: "The next sync tries again."
                case .owner: ["It needs you.", problem.remedy].compactMap(\.self).joined(separator: " ")
                }
            let words = "\(problem.sentence ?? "Why cannot be told.") \(remedy)"
            let more = missing.count > missing.examples.count ? ", …" : ""
            return ["\(missing.stage), \(Phrase.count(missing.count, "part")): \(words)"]
                + (missing.examples.isEmpty ? [] : ["  of \(missing.examples.joined(separator: ", "))\(more)"])
        }
    }

    private var emptiness: [String] {
        (run.ending?.emptiness ?? [:]).sorted { $0.key < $1.key }.map { entity, emptiness in
            switch emptiness {
            case .proven(let how): "\(entity): \(how)"
            case .unproven(let why): "\(entity), not proven: \(why)"
            }
        }
    }

    private var misfits: [String] {
        run.progress.misfits.sorted { $0.key < $1.key }.map { "\($0.key): \(Phrase.number($0.value))" }
    }

    /// Why it did not collect everything, where that is not told above.
    private var reason: [StyledText] {
        guard run.ending?.missing.isEmpty != false, let problem = run.ending?.problem else { return [] }
        return [problem.words].compactMap(\.self).map { "\("✗", .bad) \($0)" }
    }
}
