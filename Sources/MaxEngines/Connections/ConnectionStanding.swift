package import Foundation
internal import MaxHub
package import MaxWire

/// How a connection is, in a few words for people, whether it lies here or was sent.
struct ConnectionStanding {
    let setup: ConnectionHealth.Setup
    /// Nil for a word of a later version.
    let sync: ConnectionHealth.Sync?
    /// Whether nothing comes any more until the owner does something.
    let needsAttention: Bool
    let records: Int
    let freshAt: Date?
    /// Why it cannot be used on this machine.
    let lock: String?
    let isSandbox: Bool

    func words(at now: Date) -> String {
        switch setup {
        case .settingUp: return "Setting up"
        case .paused: return "Paused"
        case .disconnected: return "Disconnected"
        case .locked: return lock ?? "Locked"
        case .active: break
        }
        if needsAttention { return "Needs attention" }
        return (["Active", isSandbox ? "sandbox" : nil].compactMap(\.self) + collected(at: now))
            .joined(separator: " · ")
    }

    private func collected(at now: Date) -> [String] {
        let count = records == 0 ? [] : [Phrase.count(records, "record")]
        switch sync {
        case .running: return ["syncing — \(Phrase.count(records, "record"))"]
        case .never, .waiting: return count.isEmpty ? ["not synced yet"] : count
        case .complete where count.isEmpty: return ["nothing there yet"]
        case .complete:
            return count + [freshAt.map { "synced \(Phrase.age(now.timeIntervalSince($0)))" }].compactMap(\.self)
        case .partial: return count + ["part is missing"]
        case .failed: return count + ["the last sync failed"]
        case .stopped: return count + ["the last sync was stopped"]
        case .brokenOff: return count + ["the last sync broke off"]
        case nil: return count
        }
    }
}

extension ConnectionBody {
    /// Whether nothing comes any more until the owner does something.
    package var needsAttention: Bool { health?.sync == "failed" && health?.action == "reconnect" }

    /// How it is, in a few words for people.
    package func standing(at now: Date) -> String {
        guard let health, let setup = ConnectionHealth.Setup(rawValue: health.setup) else { return state }
        return ConnectionStanding(
            setup: setup, sync: ConnectionHealth.Sync(rawValue: health.sync), needsAttention: needsAttention,
            records: health.records, freshAt: health.freshAt, lock: locked, isSandbox: sandbox
        ).words(at: now)
    }
}
