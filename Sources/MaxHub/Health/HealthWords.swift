internal import Foundation
internal import MaxConnector
internal import MaxCore

/// What is to be known of a connection besides its headline, in a few words for the owner.
struct HealthWords {
    let facts: ConnectionFacts
    let sync: ConnectionHealth.Sync
    let freshness: ConnectionHealth.Freshness
    let freshAt: Date?
    let now: Date

    func sentence(of headline: ConnectionHealth.Headline) -> String {
        let parts: [String?] =
            switch headline {
            case .settingUp: []
            case .active: [collected, outcome, shortcoming, expiry]
            case .waiting where facts.isOutOfRoom: [shortage, count.map { "\($0) kept" }]
            case .waiting: [trouble, count.map { "\($0) kept" }, nextTry]
            case .needsAttention: [trouble ?? standstill, count.map { "\($0) kept" }]
            case .paused, .disconnected: [count, age]
            case .locked: [facts.lock?.cause]
            }
        return parts.compactMap(\.self).joined(separator: " · ")
    }

    private var count: String? { facts.records == 0 ? nil : Phrase.count(facts.records, "record") }

    private var collected: String? {
        switch sync {
        case .running: "syncing — \(Phrase.count(facts.records, "record"))"
        case .waiting where freshAt == nil, .never where freshAt == nil:
            count ?? (facts.isTended ? "first sync starting" : "not synced yet")
        case .complete where facts.records == 0: "nothing there yet"
        case .never, .waiting, .complete, .partial, .failed, .stopped, .brokenOff: count
        }
    }

    private var outcome: String? {
        switch sync {
        case .running, .never: nil
        case .waiting: freshAt == nil ? nil : "sync starting"
        case .complete: facts.records == 0 ? nil : age
        case .partial: "part is missing"
        case .failed where facts.runs.first?.ending?.problem == nil:
            "the last sync failed, and nothing is known of why"
        case .failed: "the last sync failed"
        case .stopped: "the last sync was stopped"
        case .brokenOff: "the last sync broke off"
        }
    }

    private var age: String? {
        guard let freshAt else { return nil }
        if freshness == .unknown { return "last synced at an unknown time: this machine’s clock was set back" }
        return "synced \(Phrase.age(now.timeIntervalSince(freshAt)))"
    }

    private var expiry: String? {
        guard let end = facts.credentialEnd, facts.isExpiring(at: now) else { return nil }
        let left = end.time.timeIntervalSince(now)
        guard end.isTold else {
            return left > 0 ? "its credential may end in \(Phrase.duration(left)), as those before it did" : nil
        }
        return left > 0 ? "its credential ends in \(Phrase.duration(left))" : "its credential has ended"
    }

    /// The first sentence of why the newest sync failed.
    private var trouble: String? {
        guard let words = facts.runs.first?.ending?.problem?.sentence else { return nil }
        let first = words.range(of: ". ").map { words[..<$0.lowerBound] } ?? words[...]
        return String(first.hasSuffix(".") ? first.dropLast() : first)
    }

    /// Why the newest sync did not bring everything.
    private var shortcoming: String? { [.failed, .partial].contains(sync) ? trouble : nil }

    /// Why nothing is tried any more, where the newest sync does not tell.
    private var standstill: String {
        facts.isRefused ? "its credential was refused" : "it failed too often to be tried again"
    }

    private var shortage: String? {
        guard case .exhausted(let left) = facts.headroom else { return nil }
        let rest = facts.isTended ? "it goes on when there is room" : "make room, then sync"
        return "the disk is nearly full: \(Phrase.size(left)) are left · \(rest)"
    }

    private var nextTry: String? {
        guard case .at(let time) = facts.next(at: now) else { return nil }
        let left = time.timeIntervalSince(now)
        return left < 60 ? "trying again" : "trying again in \(Phrase.duration(left))"
    }
}
