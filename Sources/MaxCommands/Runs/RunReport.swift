internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// Everything there is to know of a sync, on plain lines.
struct RunReport {
    let run: RunBody

    var lines: [StyledText] {
        [heading] + request + RunPicture(run: run, now: .now).lines.filter { _ in !run.stages.isEmpty }
            + section("What became of the records", counts) + section("What is missing", missing)
            + section("Without a record", emptiness)
            + section("Kept beside their fields, for want of their kind", misfits)
            + reason
    }

    private var heading: StyledText {
        let start = run.startedAt ?? run.requestedAt
        let took = run.endedAt.map { ", \(Phrase.span($0.timeIntervalSince(start)))" } ?? ""
        let name = run.connection ?? "a connection that is gone"
        return "\(name, .strong) · \(run.outcome) · \(Phrase.moment(start))\(took) · \(run.id, .dim)"
    }

    private var request: [StyledText] {
        let thorough = run.mode == RunScope.Mode.everything.rawValue ? ["Reads every list from its beginning."] : []
        let limited =
            run.only.isEmpty ? [] : ["Collects \(run.only.joined(separator: ", ")) alone."]
        return (thorough + limited).map { "  \($0, .dim)" }
    }

    private func section(_ title: String, _ lines: [String]) -> [StyledText] {
        lines.isEmpty ? [] : ["\(title, .strong)"] + lines.map { "  \($0)" }
    }

    private var counts: [String] {
        run.counts.sorted { $0.key < $1.key }.map { entity, count in
            let parts = [
                (count.added, "new"), (count.changed, "changed"), (count.unchanged, "as before"), (count.gone, "gone"),
            ].filter { $0.0 > 0 }.map { "\(Phrase.number($0.0)) \($0.1)" }
            return "\(entity): \(parts.isEmpty ? "none" : parts.joined(separator: ", "))"
        }
    }

    private var missing: [String] {
        run.missing.flatMap { missing in
            let remedy =
                missing.heals
                ? "The next sync tries again."
                : ["It needs you.", missing.problem.remedy].compactMap(\.self).joined(separator: " ")
            let words = "\(missing.problem.message) \(remedy)"
            let more = missing.count > missing.examples.count ? ", …" : ""
            return ["\(missing.stage), \(Phrase.count(missing.count, "part")): \(words)"]
                + (missing.examples.isEmpty ? [] : ["  of \(missing.examples.joined(separator: ", "))\(more)"])
        }
    }

    private var emptiness: [String] {
        run.emptiness.sorted { $0.key < $1.key }.map { entity, emptiness in
            "\(entity)\(emptiness.proven ? "" : ", not proven"): \(emptiness.words)"
        }
    }

    private var misfits: [String] {
        run.misfits.sorted { $0.key < $1.key }.map { "\($0.key): \(Phrase.number($0.value))" }
    }

    /// Why it did not collect everything, where that is not told above.
    private var reason: [StyledText] {
        guard run.missing.isEmpty, let problem = run.problem else { return [] }
        return ["\("✗", .bad) \(problem.words)"]
    }
}

extension MissingBody {
    /// Whether nobody has to do anything for it to come.
    var heals: Bool { healing == RunEnding.Healing.nextSync.rawValue }
}
