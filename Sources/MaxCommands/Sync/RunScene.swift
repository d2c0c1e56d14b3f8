internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// A sync that is watched: how it stands, looked at four times a second at most or told by whoever knows.
actor RunScene {
    private let hub: any Hub
    private let now: @Sendable () -> Date
    private var run: RunBody
    private var lookedAt = ContinuousClock.now
    private var pace = RunPace()
    private var turn = 0
    private var told: Set<Int> = []
    private var toldAt = ContinuousClock.now

    init(_ run: RunBody, hub: any Hub, now: @escaping @Sendable () -> Date) {
        (self.run, self.hub, self.now) = (run, hub, now)
    }

    /// Takes the run as it stands.
    func see(_ run: RunBody) { self.run = run }

    /// The run as a block; as it was, where it cannot be looked at.
    func picture(isStopping: Bool) async -> [StyledText] {
        await look()
        turn += 1
        let left = pace.look(at: run, now())
        return RunPicture(run: run, now: now(), left: left, turn: turn, isStopping: isStopping).lines
    }

    /// What there is to say on plain lines: each stage once it is over, and how far it is after five silent seconds.
    func news() async -> [String] {
        await look()
        let over = run.stages.enumerated().filter {
            $0.element.lists > 0 && $0.element.done && told.insert($0.offset).inserted
        }
        var lines = over.map { _, stage in
            "\(stage.title): \(stage.records > 0 ? Phrase.number(stage.records) : "none")"
                + (stage.failed > 0 ? ", \(Phrase.count(stage.failed, "part")) failed" : "")
        }
        if lines.isEmpty, !run.standing.isEnded, ContinuousClock.now - toldAt >= .seconds(5) {
            lines = ["\(Phrase.count(run.records, "record")) so far"]
        }
        if !lines.isEmpty { toldAt = .now }
        return lines
    }

    private func look() async {
        guard !run.standing.isEnded, ContinuousClock.now - lookedAt >= .milliseconds(200) else { return }
        lookedAt = .now
        guard let seen = try? await hub.glance(at: run.id), !run.standing.isEnded else { return }
        run = seen
    }
}
