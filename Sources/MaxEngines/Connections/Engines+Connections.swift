package import MaxHub
internal import MaxVault

extension Engines {
    /// Every connection with how it is.
    package func cards() async throws -> [ConnectionCard] {
        guard let store else { return [] }
        return try await shelf.cards(try await store.mark()) {
            async let runs = store.standingRuns(of: nil)
            return try await cards(of: rows.connections(), with: runs)
        }
    }

    /// Every connection with how it is where somebody syncs when it is time.
    func tendedCards() async throws -> [ConnectionCard] {
        if isTended() { return try await cards() }
        guard let store else { return [] }
        return try await cards(of: rows.connections(), with: store.standingRuns(of: nil), isTended: true)
    }

    /// Every connection.
    package func connections() async throws -> [Connection] {
        store == nil ? try await rows.connections() : try await cards().map(\.connection)
    }

    /// One connection with how it is.
    package func card(of connection: Connection) async throws -> ConnectionCard? {
        guard let store else { return nil }
        return try await cards(of: [connection], with: store.standingRuns(of: connection.id)).first
    }

    private func cards(
        of connections: [Connection], with runs: [ConnectionID: [Run]], isTended: Bool? = nil
    ) async throws -> [ConnectionCard] {
        guard let store, !connections.isEmpty else { return [] }
        let locks = (try? await vault.locks()) ?? [:]
        let records = try await store.tallies().reduce(into: [:]) { $0[$1.connection, default: 0] += $1.count }
        let one = connections.count == 1 ? connections[0].id : nil
        let standings = try await store.syncStandings(of: one).reduce(into: [:]) { $0[$1.connection] = $1 }
        let intervals = await registry.recommendedIntervals(of: Set(connections.map(\.connector)))
        let isTended = isTended ?? self.isTended()
        let (headroom, now) = (surroundings.headroom(), surroundings.now())
        return connections.map { connection in
            let (lock, standing) = (locks[connection.id], standings[connection.id])
            let schedule = ConnectionSchedule(
                recommended: intervals[connection.connector] ?? SyncSchedule.usual, own: standing?.ownInterval)
            let facts = ConnectionFacts(
                connection, lock: lock, runs: runs[connection.id] ?? [], records: records[connection.id] ?? 0,
                standing: standing, recommendedInterval: schedule.recommended, isTended: isTended,
                headroom: headroom)
            return ConnectionCard(
                connection: connection, lock: lock, health: .project(facts, at: now), schedule: schedule)
        }
    }
}
