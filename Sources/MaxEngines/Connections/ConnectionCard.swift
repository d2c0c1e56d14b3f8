package import Foundation
package import MaxHub
package import MaxWire

/// A connection with how it is.
package struct ConnectionCard: Sendable, Hashable {
    package let connection: Connection
    /// Why it cannot be used on this machine.
    package let lock: VaultLock?
    package let health: ConnectionHealth

    /// The same for programs.
    package var body: ConnectionBody { ConnectionBody(connection, lock: lock, health: health) }

    /// Whether nothing comes any more until the owner does something.
    package var needsAttention: Bool { health.sync == .failed && health.action == .reconnect }

    /// How it is, in a few words for people.
    package func standing(at now: Date) -> String {
        switch health.setup {
        case .settingUp: return "Setting up"
        case .paused: return "Paused"
        case .disconnected: return "Disconnected"
        case .locked: return lock?.sentence ?? "Locked"
        case .active: break
        }
        if needsAttention { return "Needs attention" }
        return (["Active", connection.isSandbox ? "sandbox" : nil].compactMap(\.self) + collected(at: now))
            .joined(separator: " · ")
    }

    private func collected(at now: Date) -> [String] {
        let records = health.records == 0 ? [] : [Phrase.count(health.records, "record")]
        switch health.sync {
        case .running: return ["syncing — \(Phrase.count(health.records, "record"))"]
        case .never, .waiting: return records.isEmpty ? ["not synced yet"] : records
        case .complete where records.isEmpty: return ["nothing there yet"]
        case .complete:
            return records
                + [health.freshAt.map { "synced \(Phrase.age(now.timeIntervalSince($0)))" }].compactMap(\.self)
        case .partial: return records + ["part is missing"]
        case .failed: return records + ["the last sync failed"]
        case .stopped: return records + ["the last sync was stopped"]
        case .brokenOff: return records + ["the last sync broke off"]
        }
    }
}
