package import MaxConnector
internal import MaxCore
package import MaxHub

/// The durable half of the flow engine: every answer is one transaction, and every surface speaks to this.
///
/// A session is stored before it is shown. Whatever kills the process, the session opened again is at the same
/// question; it ends finished, cancelled or expired, and of the latter two nothing stays.
package struct SetupService: Sendable {
    let registry: ConnectorRegistry
    let connections: any ConnectionRows
    let sessions: any SessionRows
    let attempts: any AttemptRows
    let keeper: any SecretKeeper
    let upstreams: any UpstreamFactory
    let sandboxes: any SandboxHost
    let recordings: (any RecordingRows)?
    let opens: Set<Deployment.Opening>
    let surroundings: Surroundings
    let patience: Duration
    let checks: OngoingChecks

    /// Creates the service over its ports.
    ///
    /// - Parameters:
    ///   - recordings: Where transcripts of checks lie; nil to keep none.
    ///   - opens: The kinds of steps elsewhere that something here serves.
    ///   - patience: How long the provider may take in all, after one answer.
    ///   - checks: The checks under way, for all services over one project.
    package init(
        registry: ConnectorRegistry, connections: any ConnectionRows, sessions: any SessionRows,
        attempts: any AttemptRows, keeper: any SecretKeeper, upstreams: any UpstreamFactory, sandboxes: any SandboxHost,
        recordings: (any RecordingRows)? = nil, opens: Set<Deployment.Opening> = Set(Deployment.Opening.allCases),
        surroundings: Surroundings, patience: Duration = .seconds(10), checks: OngoingChecks = OngoingChecks()
    ) {
        self.registry = registry
        self.connections = connections
        self.sessions = sessions
        self.attempts = attempts
        self.keeper = keeper
        self.upstreams = upstreams
        self.sandboxes = sandboxes
        self.recordings = recordings
        self.opens = opens
        self.surroundings = surroundings
        self.patience = patience
        self.checks = checks
    }

    /// How many new connections may be in the making: more than anybody makes at once, and few enough to show.
    private static let mostUnfinished = 50

    /// Begins the setup of a new connection.
    ///
    /// - Parameters:
    ///   - name: The slug the owner wants; refused at once when it is taken.
    ///   - agent: The agent that begins it; nil for the owner.
    /// - Throws: ``MaxCore/MaxError`` when the connector cannot be used, the vault is locked, the name is taken, or
    ///   too many setups are unfinished.
    package func start(
        _ connectorName: String, name: String? = nil, by agent: AgentID? = nil
    ) async throws -> SetupReply {
        let connector = try await registry.connector(connectorName)
        try requireOpenings(of: connector)
        try await requireVault()
        if let name { try await requireFree(name) }
        guard try await unfinished().count < Self.mostUnfinished else { throw MaxError.setupsFull }
        let session = newSession(connectorName, .add, ConnectionID(in: surroundings), name, by: agent)
        try await sessions.insert(session)
        return try await settle(session, connector)
    }

    /// Begins the setup that mends a connection: its config is kept, its secrets are asked.
    package func reconnect(_ connection: Connection, by agent: AgentID? = nil) async throws -> SetupReply {
        let connector = try await registry.connector(connection.connector)
        try requireOpenings(of: connector)
        try await requireVault()
        var state = machine(of: connector).beginning(mending: connection)
        if connection.isSandbox {
            let endpoint = try await sandboxes.endpoint(of: connection.connector)
            state.answers.merge(endpoint.answers) { _, now in now }
        }
        let session = newSession(connection.connector, .reconnect, connection.id, nil, state, by: agent)
        try await sessions.insert(session)
        return try await settle(session, connector)
    }

    /// What a setup shows now.
    ///
    /// Nothing is written and nobody is asked.
    package func view(_ id: SessionID) async throws -> SetupReply {
        try await reply {
            let session = try await current(id)
            let connector = try await registry.connector(session.connector)
            return SetupReply(session: session, connector: connector.about, view: standing(session, connector))
        } whenOver: {
            try await finished(id)
        }
    }

    /// Takes a setup up where it was left, asking the provider again where a call was under way.
    package func resume(_ id: SessionID, report: SetupReport? = nil) async throws -> SetupReply {
        try await reply {
            let session = try await current(id)
            try await requireVault()
            return try await settle(session, registry.connector(session.connector), report)
        } whenOver: {
            try await finished(id)
        }
    }

    /// Takes one answer.
    ///
    /// The same answer to the same revision again gets the same reply; another one is refused.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `revision_stale`, `answer_misplaced` or `setup_ended`.
    package func answer(
        _ id: SessionID, revision: Int, _ answer: FlowAnswer, report: SetupReport? = nil
    ) async throws -> SetupReply {
        try await reply {
            do { return try await take(answer, for: id, revision, report) } catch let error as MaxError
                where error.code == .revisionStale
            {
                // Another answer was stored in between; if it was the same one, its reply is this one's.
                return try await take(answer, for: id, revision, report)
            }
        } whenOver: {
            try await finished(id, by: answer, to: revision)
        }
    }

    private func take(
        _ answer: FlowAnswer, for id: SessionID, _ revision: Int, _ report: SetupReport?
    ) async throws -> SetupReply {
        let session = try await current(id)
        let connector = try await registry.connector(session.connector)
        let digest = try await keeper.fingerprint(answer.canonicalBytes)
        if session.revision != revision {
            guard session.receipt == AnswerReceipt(revision: revision, digest: digest) else { throw stale() }
            return try await settle(session, connector, report)
        }
        var next = session
        next.receipt = AnswerReceipt(revision: revision, digest: digest)
        switch answer {
        case .search(let query): return try await search(query, next, connector, report)
        case .useSandbox(let given): return try await useSandbox(given, next, connector, report)
        case .submit, .choose, .retry:
            let accepted = try machine(of: connector).accept(answer, at: session.state)
            return try await store(accepted, answer, next, connector, report)
        }
    }

    /// Goes back to the question that was answered last.
    package func back(_ id: SessionID, revision: Int) async throws -> SetupReply {
        let session = try await current(id)
        guard session.revision == revision else { throw stale() }
        let connector = try await registry.connector(session.connector)
        guard let accepted = machine(of: connector).back(from: session.state) else {
            throw MaxError("nothing_before", "This is the first question.", fix: "Answer it, or cancel the setup.")
        }
        return try await store(accepted, nil, session, connector)
    }

    /// Lets an agent drive a setup that the owner or another agent began, or takes that leave back.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `answer_misplaced` while a check is under way, which would have to be
    ///   made again.
    package func handOver(_ id: SessionID, to agent: AgentID?) async throws -> SetupReply {
        guard checks[id] == nil else {
            throw MaxError(
                "answer_misplaced", "This setup is asking the provider right now.",
                fix: "Hand it over when that is done.")
        }
        var session = try await stored(id)
        session.handedTo = agent
        _ = try await save(session, [], [])
        return try await view(id)
    }

    /// Ends a setup without a trace, and the check that this process makes for it.
    package func cancel(_ id: SessionID) async throws {
        _ = try await stored(id)
        try await sessions.discard(id)
        checks.stop(id)
    }

    /// The setups that can be gone on with, the newest first.
    package func unfinished() async throws -> [SetupSession] {
        try await sessions.sessions(at: surroundings.now())
    }

    /// Removes what expired setups left.
    package func sweep() async throws { try await sessions.discardExpired(at: surroundings.now()) }
}

/// Told how far a check has climbed, whenever that changes.
package typealias SetupReport = @Sendable (Ladder) -> Void

extension MaxError {
    /// Nothing here serves a step of a connector's setup.
    static func cannotBeConnected(_ connector: ConnectorDescriptor, _ why: String) -> MaxError {
        MaxError(.connectorUnavailable, "\(connector.displayName) cannot be connected here. \(why)")
    }

    fileprivate static let setupsFull = MaxError(
        .setupsFull, "Too many setups are unfinished.", fix: "Finish or cancel one of them first.")
}

/// A setup as it stands and what to show of it.
package struct SetupReply: Sendable {
    package let session: SetupSession
    package let connector: ConnectorDescriptor
    package let view: FlowView
}
