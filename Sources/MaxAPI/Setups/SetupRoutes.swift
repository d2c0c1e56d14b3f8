internal import HTTPTypes
internal import MaxAccess
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup
internal import MaxWire

/// Setups, a step at a time.
enum SetupRoutes {
    static let all = [start, list, show, answer, back, cancel, wait, events, link, handOver]

    static let setup = Parameter.path("setup", "The setup's id.")
    private static let timeout = Parameter.query(
        "timeout", 0...25, else: 20, "How long to wait for a change at most, in seconds.")

    private static let start = Route(
        method: .post, path: "/v1/setups", name: "startSetup",
        summary: "Begins to add an account of a connector, or to mend a connection.", admission: .scope(.setup),
        body: .json(.setupRequest), answer: .value(.shape(.setupStanding), status: .created)
    ) { call in
        let body = try call.body(as: SetupRequestBody.self)
        return try await call.answer(try await call.begin(body), status: .created)
    }

    private static let list = Route(
        method: .get, path: "/v1/setups", name: "listSetups", summary: "The setups that can be gone on with.",
        admission: .scope(.setup), parameters: [.after, .limit], answer: .value(.page(of: .setup, "SetupPage"))
    ) { call in
        let setups = try await call.engines.setup.unfinished().filter { call.maySee($0) }
        return try .value(call.page(of: setups.map { SetupBody($0) }, by: \.id))
    }

    private static let show = Route(
        method: .get, path: "/v1/setups/{setup}", name: "getSetup", summary: "What a setup shows now.",
        admission: .scope(.setup), parameters: [setup], answer: .value(.shape(.setupStanding))
    ) { call in try await call.answer(call.watched()) }

    private static let answer = Route(
        method: .post, path: "/v1/setups/{setup}/answer", name: "answerSetup",
        summary: "Answers the question at hand; the same answer to the same revision again gets the same reply.",
        admission: .scope(.setup), parameters: [setup, .ifMatch], body: .json(.setupAnswer),
        answer: .value(.shape(.setupStanding)), endsWithClient: true
    ) { call in try await call.answer(call.giveAnswer()) }

    private static let back = Route(
        method: .post, path: "/v1/setups/{setup}/back", name: "goBackInSetup",
        summary: "Goes back to the question that was answered last.", admission: .scope(.setup),
        parameters: [setup, .ifMatch], body: .maybe(.setupBack), answer: .value(.shape(.setupStanding))
    ) { call in
        let revision = try call.revision(call.body(as: SetupBackBody.self).revision)
        _ = try await call.driven()
        let reply = try await call.minding { try await call.engines.setup.back(call.setup, revision: revision) }
        return try await call.answer(reply)
    }

    private static let cancel = Route(
        method: .delete, path: "/v1/setups/{setup}", name: "cancelSetup", summary: "Ends a setup without a trace.",
        admission: .scope(.setup), parameters: [setup], answer: .nothing
    ) { call in
        _ = try await call.driven()
        try await call.engines.setup.cancel(call.setup)
        return .nothing
    }

    private static let wait = Route(
        method: .get, path: "/v1/setups/{setup}/wait", name: "waitForSetup",
        summary:
            "Waits until a setup shows something else than the answer that If-None-Match names, or than it does now.",
        admission: .scope(.setup), parameters: [setup, timeout], answer: .value(.shape(.setupStanding))
    ) { call in
        try await Lookout(pause: Lookout.pause, patience: .seconds(call.number(timeout)))
            .change(since: call[.ifNoneMatch]) { try await call.answer(call.watched()) }
    }

    private static let events = Route(
        method: .get, path: "/v1/setups/{setup}/events", name: "watchSetup",
        summary: "What a setup shows, now and whenever that changes, until it ends.", admission: .scope(.setup),
        parameters: [setup], answer: .events(["setup": .shape(.setupStanding), "ended": .shape(.problem)])
    ) { call in
        _ = try await call.watched()
        return call.stream("setup") {
            let reply = try await call.watched()
            if case .finished = reply.view { return (try await call.answer(reply), true) }
            return (try await call.answer(reply), false)
        }
    }

    private static let link = Route(
        method: .post, path: "/v1/setups/{setup}/owner-link", name: "makeOwnerLink",
        summary: "A new single-use link to the question that waits for the owner, when the one before was used.",
        admission: .agent(.setup), parameters: [setup], answer: .value(.shape(.ownerLink), status: .created)
    ) { call in
        let reply = try await call.driven()
        guard reply.isOwners else { throw Refusal.ownerNotNeeded }
        let url = try await call.services.links.newLink(to: reply.session, from: call.context.home)
        return try .value(OwnerLinkBody(url: url), status: .created)
    }

    private static let handOver = Route(
        method: .post, path: "/v1/setups/{setup}/hand-over", name: "handOverSetup",
        summary: "Lets an agent go on with a setup that it did not begin, or takes that leave back.",
        admission: .owner, parameters: [setup], body: .json(.setupHandOver), answer: .value(.shape(.setupStanding))
    ) { call in
        let word = try call.body(as: SetupHandOverBody.self).agent
        let agent = try await call.services.access.agents().first { $0.id.rawValue == word }
        guard agent != nil || word == nil else { throw Refusal.agentUnknown }
        return try await call.answer(call.engines.setup.handOver(call.setup, to: agent?.id))
    }
}

extension Call {
    /// Begins the setup that was asked for.
    fileprivate func begin(_ body: SetupRequestBody) async throws -> SetupReply {
        switch (body.connector, body.reconnect) {
        case (let connector?, nil):
            return try await engines.setup.start(connector, name: body.name, by: caller?.agentID)
        case (nil, let word?) where body.name == nil: return try await reconnect(connection(word))
        default:
            throw Refusal(
                .unprocessableContent, "body_unfit", "A setup is for a connector or for a connection.",
                fix: "Give connector, with or without name; or give reconnect.")
        }
    }
}
