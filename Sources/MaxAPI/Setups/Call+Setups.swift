internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup
internal import MaxWire

extension Call {
    /// The setup that the path names.
    var setup: SessionID { SessionID(rawValue: text(SetupRoutes.setup)) }

    /// How a setup stands, as who asks may see it.
    func answer(_ reply: SetupReply, status: HTTPResponse.Status = .ok) async throws -> Answer {
        let (setup, connection) = (SetupBody(reply.session), try await connection(of: reply))
        switch caller {
        case .owner:
            let body = SetupStandingBody(setup: setup, view: ViewBody(reply.view), connection: connection)
            return try .value(body, status: status, revision: reply.session.revision)
        case .agent, nil:
            let body = SetupStandingBody(setup: setup, view: try await agentView(of: reply), connection: connection)
            return try .value(body, status: status, revision: reply.session.revision)
        }
    }

    /// Begins the setup that mends a connection; the refusal of a second one names the first.
    func reconnect(_ connection: Connection) async throws -> SetupReply {
        do { return try await engines.setup.reconnect(connection, by: caller?.agentID) } catch let error as MaxError
            where error.code == .setupUnderWay
        {
            let first = try await engines.setup.unfinished().first { $0.connection == connection.id }
            guard let first, maySee(first) else { throw error }
            throw Refusal(error, underWay: first.id)
        }
    }

    /// The setup that the path names, which who asks may watch.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 403 for an agent that neither drives it nor may read.
    func watched() async throws -> SetupReply {
        let reply = try await engines.setup.view(setup)
        guard maySee(reply.session) else { throw Refusal.setupNotYours }
        return reply
    }

    /// The setup that the path names, which who asks may drive.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 403 for an agent that neither began it nor was handed it.
    func driven() async throws -> SetupReply {
        let reply = try await engines.setup.view(setup)
        guard mayDrive(reply.session) else { throw Refusal.setupNotYours }
        return reply
    }

    /// Whether who asks may see a setup: what others drive is for those who may read.
    func maySee(_ session: SetupSession) -> Bool { mayRead || mayDrive(session) }

    /// Whether who asks may answer, go back in and cancel a setup.
    private func mayDrive(_ session: SetupSession) -> Bool {
        switch caller {
        case .owner: true
        case .agent(let agent): session.isDriven(by: agent.id)
        case nil: false
        }
    }

    private func agentView(of reply: SetupReply) async throws -> AgentViewBody {
        if !reply.isOwners, let view = AgentViewBody(reply.view) { return view }
        guard mayDrive(reply.session) else { return AgentViewBody(owners: reply.view, link: nil) }
        let link = try await services.links.link(to: reply.session, from: context.home)
        return AgentViewBody(owners: reply.view, link: link)
    }

    private func connection(of reply: SetupReply) async throws -> ConnectionBody? {
        guard case .finished(let finished) = reply.view, mayRead,
            let connection = try await engines.rows.connection(finished.connection)
        else { return nil }
        return try await engines.card(of: connection)?.body
    }

    /// The revision that an answer is to: said by the body, by `If-Match`, or by both alike.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 428 when neither says it, 412 when the header says no revision.
    func revision(_ said: Int?) throws -> Int {
        guard let header = self[.ifMatch] else {
            guard let said else { throw Refusal.revisionMissing }
            return said
        }
        guard let revision = EntityTags(header).revision, said == nil || said == revision else { throw Refusal.moved }
        return revision
    }

    /// Runs an answer; that it came too late is said by status 412 where a header named the revision.
    func minding<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let error as MaxError
            where error.code == .revisionStale && self[.ifMatch] != nil
        {
            throw Refusal.moved
        }
    }
}

extension Refusal {
    fileprivate static let revisionMissing = Refusal(
        .preconditionRequired, "revision_missing", "This does not say which revision of the setup it is an answer to.",
        fix: "Give the revision that you saw, or its ETag as If-Match.")

    fileprivate static let moved = Refusal(
        .preconditionFailed, "revision_stale", "This setup is not at that revision.",
        fix: "Look at its current view and answer that.")

    static let ownerNeeded = Refusal(
        .forbidden, "owner_needed", "This question is for the owner alone.",
        fix: "Show the owner the link of the current view, and wait.")

    static let setupNotYours = Refusal(
        .forbidden, "setup_not_yours", "Somebody else began this setup, and goes on with it.",
        fix: "Begin one of your own, or ask the owner to hand this one over.")

    static let agentUnknown = Refusal(
        .unprocessableContent, "agent_unknown", "No agent has that id.", fix: "Take it from the agent's GET /v1/me.")

    /// The refusal of a second setup of a connection, with the way to the first.
    fileprivate init(_ error: MaxError, underWay setup: SessionID) {
        var problem = ProblemBody(error)
        problem.setup = setup.rawValue
        self.init(.conflict, problem, headers: [.location: "/v1/setups/\(setup.rawValue)"])
    }

    static let ownerNotNeeded = Refusal(
        .conflict, "owner_not_needed", "The question at hand is none that the owner has to answer.",
        fix: "Look at the current view of the setup and answer that.")
}
