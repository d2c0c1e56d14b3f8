internal import HTTPTypes
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxSync
internal import MaxWire

/// Connections: seeing them, and what the owner or a trusted agent does with them.
enum ConnectionRoutes {
    static let all = [list, show, change, schedule, sync, reconnect, revoke, erase]

    private static let connection = Parameter.path("connection", "The connection's id or short name.")

    private static let list = Route(
        method: .get, path: "/v1/connections", name: "listConnections",
        summary: "Everything there is, setups that are not finished included.", admission: .scope(.read),
        parameters: [.after, .limit], answer: .value(.page(of: .source, "SourcePage"))
    ) { call in try .value(call.page(of: await call.engines.sources(), by: \.id)) }

    private static let show = Route(
        method: .get, path: "/v1/connections/{connection}", name: "getConnection",
        summary: "One connection with how it is.", admission: .scope(.read), parameters: [connection],
        answer: .value(.shape(.connection))
    ) { call in try await call.answer(call.connection(call.text(connection))) }

    private static let change = Route(
        method: .patch, path: "/v1/connections/{connection}", name: "renameConnection",
        summary: "Gives a connection another label, another short name, or both.", admission: .scope(.manage),
        parameters: [connection], body: .json(.connectionChange), answer: .value(.shape(.connection))
    ) { call in
        let change = try call.body(as: ConnectionChangeBody.self)
        let found = try await call.connection(call.text(connection))
        if let slug = change.slug { try Slug.check(slug, besides: call.engines.registry.names) }
        let label = try change.label.map { try ConnectionLabel.read($0) }
        try await call.engines.rows.rename(found.id, label: label, slug: change.slug)
        return try await call.answer(call.connection(found.id.rawValue))
    }

    private static let schedule = Route(
        method: .patch, path: "/v1/connections/{connection}/schedule", name: "scheduleConnection",
        summary: "Changes when a connection is synced by itself, or has it left alone.", admission: .scope(.manage),
        parameters: [connection], body: .json(.scheduleChange), answer: .value(.shape(.connection))
    ) { call in
        let change = try call.body(as: ScheduleChangeBody.self)
        let found = try await call.connection(call.text(connection))
        try await call.engines.schedule(found.id, change)
        return try await call.answer(call.connection(found.id.rawValue))
    }

    private static let sync = Route(
        method: .post, path: "/v1/connections/{connection}/sync", name: "syncConnection",
        summary: "Asks for a sync; one that is asked for or under way already is the answer in its place.",
        admission: .scope(.manage), parameters: [connection], body: .maybe(.syncRequest),
        answer: .value(.shape(.run), status: .accepted)
    ) { call in
        let asked = try call.body(as: SyncRequestBody.self)
        let found = try await call.connection(call.text(connection))
        let mode = asked.mode.flatMap(RunScope.Mode.init) ?? .changes
        let run = try await call.engines.sync().request(found.id, RunScope(mode, only: Set(asked.only ?? [])))
        return try .value(RunBody(run, of: found), status: .accepted)
    }

    private static let reconnect = Route(
        method: .post, path: "/v1/connections/{connection}/reconnect", name: "reconnectConnection",
        summary: "Begins the setup that mends a connection.", admission: .scope(.setup), parameters: [connection],
        answer: .value(.shape(.setupStanding), status: .created)
    ) { call in
        let reply = try await call.reconnect(call.connection(call.text(connection)))
        return try await call.answer(reply, status: .created)
    }

    private static let revoke = Route(
        method: .post, path: "/v1/connections/{connection}/revoke", name: "revokeConnection",
        summary: "Stops a connection and deletes its secrets; its data stays.", admission: .scope(.manage),
        parameters: [connection], answer: .value(.shape(.connection))
    ) { call in
        let found = try await call.connection(call.text(connection))
        try await call.engines.rows.revoke(found.id, at: call.engines.surroundings.now())
        return try await call.answer(call.connection(found.id.rawValue))
    }

    private static let erase = Route(
        method: .delete, path: "/v1/connections/{connection}", name: "eraseConnection",
        summary: "Erases a connection, its secrets and its data, for good.", admission: .owner,
        parameters: [connection], answer: .nothing
    ) { call in
        let found = try await call.connection(call.text(connection))
        try await call.engines.rows.erase(found.id, at: call.engines.surroundings.now())
        return .nothing
    }
}

extension Call {
    /// A connection with how it is.
    fileprivate func answer(_ connection: Connection) async throws -> Answer {
        let card = try await engines.card(of: connection)
        return try .value(card?.body ?? ConnectionBody(connection))
    }
}
