internal import Foundation
internal import MaxHub

extension DiagnosisBody {
    /// The whole of it on lines, for a report that anybody may read.
    package var lines: [String] {
        ["Max diagnosis, form \(form), \(Self.time(madeAt))"]
            + section("Machine", Self.pairs(platform))
            + section("Connection", connectionLines)
            + section("Health", healthLines)
            + section("Syncs, the newest first", runs.flatMap(\.lines))
            + section("Settings", Self.pairs(settings))
            + section("Vault", Self.pairs(vault)) + section("Disk", Self.pairs(disk))
            + section("Store", Self.pairs(store))
            + recordings.flatMap { section("Recording of \($0.of)", $0.lines) }
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        ["", title] + (lines.isEmpty ? ["  none"] : lines.map { "  \($0)" })
    }

    private var connectionLines: [String] {
        [
            "name: \(connection.name)", "account: \(connection.account)",
            "connector: \(connection.connector) \(connection.version)\(connection.sandbox ? ", its sandbox" : "")",
            "state: \(connection.state)", "made: \(Self.time(connection.createdAt))",
            "activated: \(Self.time(connection.activatedAt))",
            "every: \(connection.every) s\(connection.everyIsOwn ? ", chosen" : "")",
            "secrets: \(connection.secrets.joined(separator: ", "))",
        ] + Self.pairs(connection.config).map { "config \($0)" }
    }

    private var healthLines: [String] {
        [
            "headline: \(health.headline)",
            "setup × sync × freshness: \(health.setup) × \(health.sync) × \(health.freshness)",
            "action: \(health.action ?? "none")", "fresh: \(Self.time(health.freshAt))",
            "next: \(Self.time(health.nextAt))", "records: \(health.records)",
            "problem: \(health.problem?.words ?? "none")", "failures in a row: \(health.setbacks)",
        ]
    }

    private static func pairs(_ values: [String: String]) -> [String] {
        values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }

    fileprivate static func time(_ date: Date?) -> String {
        date?.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) ?? "never"
    }
}

extension DiagnosisBody.RunFactsBody {
    fileprivate var lines: [String] {
        let head =
            "\(name): \(state), \(mode), begun \(DiagnosisBody.time(startedAt)), over \(DiagnosisBody.time(endedAt))"
        let counted = counts.sorted { $0.key < $1.key }.map { entity, count in
            "  \(entity): \(count.added) new, \(count.changed) changed, \(count.unchanged) as before, \(count.gone) gone"
        }
        let staged = stages.sorted { $0.key < $1.key }.map { way, numbers in
            "  \(way): \(zip(numbers, ["lists", "over", "failed"]).map { "\($0) \($1)" }.joined(separator: ", "))"
        }
        let causes = ([problem].compactMap(\.self) + missing).map { "  because: \($0.words)" }
        return [head] + counted + staged + causes
    }
}

extension DiagnosisBody.CauseBody {
    fileprivate var words: String {
        [code, kind, rung.map { "on \($0)" }, entity.map { "of \($0)" }, count.map { "× \($0)" }]
            .compactMap(\.self).joined(separator: " ")
    }
}
