internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxVault
internal import MaxWire

/// A connection with how it is.
struct ConnectionCard: Sendable {
    let connection: Connection
    /// Why it cannot be used on this machine.
    let lock: VaultLock?
    let health: ConnectionHealth

    /// The same for programs.
    var body: ConnectionBody { ConnectionBody(connection, lock: lock, health: health) }

    /// How it is, in a few words for people.
    func standing(at now: Date) -> String {
        switch health.setup {
        case .settingUp: return "Setting up"
        case .paused: return "Paused"
        case .disconnected: return "Disconnected"
        case .locked: return lock?.sentence ?? "Locked"
        case .active: break
        }
        if health.sync == .failed, health.action == .reconnect {
            return "Needs attention · max reconnect \(connection.slug)"
        }
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

extension Desk {
    /// Every connection with how it is.
    func cards() async throws -> [ConnectionCard] { try await cards(of: rows.connections()) }

    /// One connection with how it is.
    func card(of connection: Connection) async throws -> ConnectionCard? { try await cards(of: [connection]).first }

    private func cards(of connections: [Connection]) async throws -> [ConnectionCard] {
        guard let store, !connections.isEmpty else { return [] }
        let locks = (try? await vault.locks()) ?? [:]
        let records = try await store.tallies().reduce(into: [:]) { $0[$1.connection, default: 0] += $1.count }
        var recent = Dictionary(
            grouping: try await store.runs(of: nil, limit: 2 * connections.count + 20), by: \.connection)
        var cards: [ConnectionCard] = []
        for connection in connections {
            let own = recent.removeValue(forKey: connection.id) ?? []
            let isTold = own.contains { $0.state == .complete }
            let runs = isTold ? own : try await store.runs(of: connection.id, limit: 20)
            let facts = ConnectionFacts(
                connection, isLocked: locks[connection.id] != nil, runs: runs, records: records[connection.id] ?? 0)
            cards.append(ConnectionCard(connection: connection, lock: locks[connection.id], health: .project(facts)))
        }
        return cards
    }
}
