package import MaxWire

extension Client {
    /// Who asks, and what they may do.
    package func me() async throws -> MeBody { try await ask(.get("me")) }

    /// Every connector, with whether and how an account can be added.
    package func connectors() async throws -> [ConnectorBody] { try await all(.get("connectors")) }

    /// One connector.
    package func connector(_ name: String) async throws -> ConnectorBody { try await ask(.get("connectors", name)) }

    /// Everything there is: connections, and setups that are not finished.
    package func sources() async throws -> [SourceBody] { try await all(.get("connections")) }

    /// One connection, by its id or short name.
    package func connection(_ word: String) async throws -> ConnectionBody {
        try await ask(.get("connections", word))
    }

    /// Gives a connection another label, another short name, or both.
    package func rename(_ connection: String, _ change: ConnectionChangeBody) async throws -> ConnectionBody {
        try await ask(.patch("connections", connection, body: change))
    }

    /// Changes when a connection is synced by itself, or has it left alone.
    package func schedule(_ connection: String, _ change: ScheduleChangeBody) async throws -> ConnectionBody {
        try await ask(.patch("connections", connection, "schedule", body: change))
    }

    /// Stops a connection and deletes its secrets; its data stays.
    package func revoke(_ connection: String) async throws -> ConnectionBody {
        try await ask(.post("connections", connection, "revoke", body: Nothing()))
    }

    /// Erases a connection with its data; for the owner alone.
    package func erase(_ connection: String) async throws {
        _ = try await exchange.send(.delete("connections", connection))
    }

    /// Asks for a sync; one that is asked for or under way already is the answer in its place.
    package func sync(_ connection: String, _ request: SyncRequestBody) async throws -> RunBody {
        try await ask(.post("connections", connection, "sync", body: request))
    }
}

extension Client {
    /// The syncs, the newest first.
    ///
    /// - Parameter connection: The id or short name of a connection; all unless given.
    package func runs(of connection: String? = nil, atMost most: Int = 100) async throws -> [RunBody] {
        try await all(.get("runs", query: [("connection", connection)]), atMost: most)
    }

    /// One sync, as far as it came.
    package func run(_ id: String) async throws -> RunBody { try await ask(.get("runs", id)) }

    /// Asks a sync to stop at a safe point.
    package func cancelRun(_ id: String) async throws -> RunBody {
        try await ask(.post("runs", id, "cancel", body: Nothing()))
    }

    /// A sync as it stands, now and whenever that changes; the last event is `run` with an ended one, or `ended`.
    package func runEvents(_ id: String) -> EventFeed { feed(.get("runs", id, "events")) }

    /// What happens to connections, syncs and setups.
    ///
    /// - Parameter known: The id of the last event that is known; from now on unless given.
    package func events(after known: String? = nil) -> EventFeed { feed(.get("events"), after: known) }

    func feed(_ request: ClientRequest, after known: String? = nil) -> EventFeed {
        EventFeed(exchange: exchange, request: request, limits: limits, lastID: known)
    }
}

/// A body in which there is nothing to say.
struct Nothing: Encodable {}
