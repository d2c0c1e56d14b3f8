package import MaxHub
internal import MaxVault

extension Engines {
    /// Every connection with how it is.
    package func cards() async throws -> [ConnectionCard] { try await cards(of: rows.connections()) }

    /// One connection with how it is.
    package func card(of connection: Connection) async throws -> ConnectionCard? {
        try await cards(of: [connection]).first
    }

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
