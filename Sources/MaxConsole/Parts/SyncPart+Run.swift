internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// A sync and what there is around it.
struct SyncScene {
    let run: Run
    let connection: Connection
    /// How many records the connection has now.
    let stored: Int
    let now: Date
    let csrf: String

    private var address: String { ConsolePath.connection(connection.slug) }

    /// The sync as it is shown.
    var part: SyncPart {
        SyncPart(
            tone, headline, news: news, sentences: sentences, fix: fix, stages: stages, last: last, actions: actions)
    }

    /// What is read out when it changes: the stage, but not every count.
    private var news: String {
        guard run.state == .running, isUnderWay else { return headline }
        return stages.last { $0.isMoving }?.title ?? "Collecting"
    }

    /// The same in short once it is over and nothing is wrong, for a page that tells the rest in other places.
    var brief: SyncPart { run.state == .complete && tone == .good ? part.brief : part }

    /// Whether somebody works on it, or will.
    var isUnderWay: Bool { !run.state.isEnded && !run.isStalled }

    private var problem: Problem? { run.ending?.problem ?? run.ending?.missing.first?.problem }

    private var tone: BadgePart.Tone {
        if run.isStalled { return .warn }
        return switch run.state {
        case .requested, .running: .busy
        case .complete: stored == 0 && !doubts.isEmpty ? .warn : .good
        case .partial, .cancelled: .warn
        case .failed: .bad
        }
    }

    private var headline: String {
        if run.isStalled { return "This sync broke off" }
        switch run.state {
        case .requested: return "Waiting to begin…"
        case .running where run.progress.records == 0: return "Collecting — nothing has come yet…"
        case .running: return "Collecting — \(Phrase.count(run.progress.records, "record")) so far"
        case .complete where stored == 0 && !doubts.isEmpty:
            return "No records, and nobody could tell whether there are any"
        case .complete where stored == 0: return "Nothing there yet"
        case .complete where isFirst: return "\(Phrase.count(stored, "record")) collected"
        case .complete: return "Up to date: \(changes) · \(Phrase.count(stored, "record"))"
        case .partial: return "\(Phrase.count(stored, "record")) collected, and part of it is missing"
        case .failed: return problem?.sentence ?? "This sync could not collect anything."
        case .cancelled: return "Stopped"
        }
    }

    private var sentences: [String] {
        if run.isStalled { return ["What had come is kept; the next sync goes on from there."] }
        return switch run.state {
        case .requested, .running: []
        case .complete: stored == 0 ? (doubts.isEmpty ? proofs : doubts) : doubts
        case .partial: [problem?.sentence, remedy].compactMap(\.self)
        case .failed: [remedy, stored > 0 ? kept : nil].compactMap(\.self)
        case .cancelled: [stored > 0 ? kept : "Nothing had come yet."]
        }
    }

    private var kept: String {
        "The \(Phrase.count(stored, "record")) collected before \(stored == 1 ? "is" : "are") kept."
    }

    /// What the owner can do, or that nothing has to be done.
    private var remedy: String? {
        let heals = run.state == .partial && (run.ending?.missing ?? []).allSatisfy { $0.healing == .nextSync }
        if heals { return "The next sync tries again." }
        return if case .action(let action) = problem?.fix { action.onPage } else { nil }
    }

    private var fix: LinkPart? {
        if case .link(let title, let url) = problem?.fix { LinkPart(title, url) } else { nil }
    }

    private var actions: [ActionPart] {
        let again = ActionPart("Sync now", post: PostPart(url: "\(address)/sync", csrf: csrf))
        let look = ActionPart("View records", link: "\(address)/records")
        let reconnect = ActionPart("Reconnect", post: PostPart(url: "\(address)/reconnect", csrf: csrf))
        let stop = ActionPart("Stop", post: PostPart(url: "\(ConsolePath.run(run.id))/cancel", csrf: csrf), .ordinary)
        if connection.state == .revoked { return stored > 0 ? [look] : [] }
        if run.isStalled { return [again] }
        return switch run.state {
        case .requested, .running: run.isCancelRequested ? [] : [stop]
        case .complete: stored > 0 ? [look] : []
        case .partial, .failed: [problem?.kind == .auth ? reconnect : again]
        case .cancelled: [again]
        }
    }

    private var stages: [StagePart] {
        let stages = run.progress.stages
        return (run.state.isEnded ? stages.filter { $0.known > 0 } : stages).map { stage in
            StagePart(title: stage.title, standing(of: stage), count: count(of: stage), detail: detail(of: stage))
        }
    }

    private func standing(of stage: RunProgress.Stage) -> StagePart.Standing {
        if stage.known == 0 { return .idle }
        if run.progress.isOver(stage) { return stage.failed > 0 ? .part : .done }
        return isUnderWay ? .here : .idle
    }

    private func count(of stage: RunProgress.Stage) -> String {
        if stage.records > 0 { return Phrase.number(stage.records) }
        if stage.failed > 0 { return "" }
        return stage.known > 0 && (run.progress.isOver(stage) || run.state.isEnded) ? "none" : "…"
    }

    private func detail(of stage: RunProgress.Stage) -> String {
        let total = run.progress.isOver(stage) ? nil : run.progress.total(of: stage)
        let parts = [
            total.flatMap { $0 > 0 ? "of \(Phrase.number($0))" : nil },
            stage.failed > 0 ? "\(Phrase.count(stage.failed, "part")) failed" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }

    private var last: String? {
        guard isUnderWay else {
            return run.endedAt.map { "Took \(Phrase.span($0.timeIntervalSince(run.startedAt ?? $0)))." }
        }
        return run.progress.lastRecord.map { "Last record: \($0.title ?? $0.ref)" } ?? "Looking for what there is."
    }

    private var sum: RunProgress.Count {
        run.progress.counts.values.reduce(into: RunProgress.Count()) { sum, count in
            sum.added += count.added
            sum.changed += count.changed
            sum.gone += count.gone
        }
    }

    /// Whether there was nothing before it.
    private var isFirst: Bool { sum.added - sum.gone >= stored }

    private var changes: String { sum.words ?? "nothing changed" }

    private var doubts: [String] {
        reasons.compactMap { if case .unproven(let why) = $0 { why } else { nil } }.withoutRepeats
    }

    private var proofs: [String] {
        reasons.compactMap { if case .proven(let how) = $0 { how } else { nil } }.withoutRepeats
    }

    private var reasons: [RunEnding.Emptiness] {
        (run.ending?.emptiness ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }
}

extension RunProgress.Count {
    /// What became of the records, in a few words; nil when nothing did.
    var words: String? {
        let parts = [(added, "new"), (changed, "changed"), (unchanged, "as before"), (gone, "gone")]
        let told = parts.filter { $0.0 > 0 }.map { "\(Phrase.number($0.0)) \($0.1)" }
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }
}

extension [String] {
    /// The texts, each once.
    fileprivate var withoutRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
