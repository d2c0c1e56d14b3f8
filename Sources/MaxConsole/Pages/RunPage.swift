internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// One sync: its stages, what became of the records, and what is missing and why.
struct RunPage: Page {
    static let template = "run"

    let frame: Frame
    let label: String
    let address: String
    let began: TimePart
    let extent: String
    let sync: SyncPart
    let counts: [FactPart]
    let hasCounts: Bool
    let missing: [MissingPart]
    let hasMissing: Bool
    let emptiness: [FactPart]
    let hasEmptiness: Bool
    let diagnostics: [FactPart]
    let recording: RecordingPart?

    init(_ scene: SyncScene, recording: Recording?, _ setting: PageSetting) {
        let run = scene.run
        (label, address) = (scene.connection.label, ConsolePath.connection(scene.connection.slug))
        began = TimePart(run.startedAt ?? run.requestedAt, now: setting.now)
        extent = Self.extent(run)
        sync = scene.part
        counts = run.progress.counts.sorted { $0.key < $1.key }.map { entity, count in
            FactPart(name: entity, value: count.words ?? "none")
        }
        missing = (run.ending?.missing ?? []).map(MissingPart.init)
        emptiness = Self.emptiness(run)
        diagnostics = Self.diagnostics(run)
        self.recording = RecordingPart(recording)
        (hasCounts, hasMissing, hasEmptiness) = (!counts.isEmpty, !missing.isEmpty, !emptiness.isEmpty)
        frame = setting.liveFrame("Sync of \(scene.connection.label)", busy: scene.isUnderWay)
    }

    /// How long it took and what it was about.
    private static func extent(_ run: Run) -> String {
        let start = run.startedAt ?? run.requestedAt
        let took = run.endedAt.map { " · took \(Phrase.span($0.timeIntervalSince(start)))" } ?? ""
        let thorough = run.scope.mode == .everything ? " · every list from its beginning" : ""
        let only = run.scope.only.isEmpty ? "" : " · \(run.scope.only.sorted().joined(separator: ", ")) alone"
        return "\(took)\(thorough)\(only)"
    }

    private static func emptiness(_ run: Run) -> [FactPart] {
        (run.ending?.emptiness ?? [:]).sorted { $0.key < $1.key }.map { entity, emptiness in
            switch emptiness {
            case .proven(let how): FactPart(name: entity, value: how)
            case .unproven(let why): FactPart(name: entity, value: "Not certain: \(why)")
            }
        }
    }

    private static func diagnostics(_ run: Run) -> [FactPart] {
        [FactPart(name: "Id", value: run.id.rawValue), FactPart(name: "State", value: run.state.rawValue)]
            + run.progress.misfits.sorted { $0.key < $1.key }.map { name, count in
                FactPart(name: name, value: "\(Phrase.count(count, "value")) of another kind than the field's")
            }
    }
}

/// Parts of a stage that could not be had for one reason.
struct MissingPart: Sendable {
    let title: String
    let problem: ProblemPart
    let healing: String
    let examples: String?

    init(_ missing: RunEnding.Missing) {
        title = "\(missing.stage) · \(Phrase.count(missing.count, "part"))"
        problem = ProblemPart(missing.problem)
        healing = missing.healing == .nextSync ? "The next sync tries again." : "This needs you."
        let more = missing.count > missing.examples.count ? ", …" : ""
        examples = missing.examples.isEmpty ? nil : missing.examples.joined(separator: ", ") + more
    }
}
