internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Stores what an answer led to, then goes on to the next question.
    func store(
        _ accepted: AcceptedAnswer, _ answer: FlowAnswer?, _ session: SetupSession, _ connector: any Connector,
        _ report: SetupReport? = nil
    ) async throws -> SetupReply {
        let next = try await saveSealed(accepted, answer, session)
        return try await settle(next, connector, report)
    }

    /// How often the secrets of an answer are sealed at most, where keys are replaced at the same time.
    private static let mostSealings = 3

    /// Stores an answer with its secrets; those whose key was replaced between sealing and storing are sealed anew.
    private func saveSealed(
        _ accepted: AcceptedAnswer, _ answer: FlowAnswer?, _ session: SetupSession
    ) async throws -> SetupSession {
        var attempt = 1
        while true {
            do {
                var next = session
                next.state = accepted.state
                let secrets = try await seal(accepted, answer, to: session.state.question, &next)
                return try await save(next, secrets, accepted.dropped)
            } catch let error as MaxError where error.code == .dataKeyGone && attempt < Self.mostSealings {
                attempt += 1
            }
        }
    }

    /// Seals the secrets of an answer, and those it moves to another connection together with the session.
    private func seal(
        _ accepted: AcceptedAnswer, _ answer: FlowAnswer?, to question: PlatformQuestion?,
        _ session: inout SetupSession
    ) async throws -> [FreshlySealed] {
        var secrets: [FreshlySealed] = []
        if case .choose(let values) = answer, let question, values.count == 1 {
            secrets = try await move(&session, question, PlatformAnswer(rawValue: values[0]))
        }
        if !accepted.secrets.isEmpty {
            session.state.secretEnd = accepted.secrets.compactMap { TokenClaims($0.value)?.end }.min()
        }
        for (field, secret) in accepted.secrets {
            secrets.append(try await keeper.seal(secret, field: field, for: session.connection))
        }
        return secrets
    }

    /// Goes on until there is something to show: asks the provider where a step needs it, activates at the end.
    ///
    /// Of two that drive one session at the same time, the second waits for what the first finds.
    func settle(
        _ session: SetupSession, _ connector: any Connector, _ report: SetupReport? = nil
    ) async throws -> SetupReply {
        if case .ask(let view) = machine(of: connector).move(from: session.state) {
            return SetupReply(session: session, connector: connector.about, view: view)
        }
        return try await checks.share(session, report) { check in
            try await drive(session, connector, CheckTerms(check, patience: patience))
        }
    }

    private func drive(
        _ session: SetupSession, _ connector: any Connector, _ terms: CheckTerms
    ) async throws -> SetupReply {
        var session = session
        while true {
            checks.note(session, of: terms.check)
            do {
                if let reply = try await advance(&session, connector, terms) { return reply }
            } catch let error as MaxError where error.code == .revisionStale {
                session = try await current(session.id)
            } catch let error as MaxError where error.code == .setupEnded {
                guard let finished = try await finishedMeanwhile(session) else { throw error }
                return SetupReply(session: session, connector: connector.about, view: .finished(finished))
            }
        }
    }

    /// Makes one move; nil when there is another to make.
    private func advance(
        _ session: inout SetupSession, _ connector: any Connector, _ terms: CheckTerms
    ) async throws -> SetupReply? {
        let machine = machine(of: connector)
        var next = session
        switch machine.move(from: session.state) {
        case .ask(let view): return SetupReply(session: session, connector: connector.about, view: view)
        case .call(let call):
            next.state = try await make(call, for: session, connector, terms).state(after: call, session.state, machine)
            // What is found on the way needs no write of its own: what comes after it stores it, or the provider is
            // asked again.
            switch (call, machine.move(from: next.state)) {
            case (_, .activate), (.check, .call(.options)):
                session = next
                return nil
            case (.check, _), (.options, _), (.custom, _): break
            }
        case .mend(let problem): next.state = machine.mending(problem, in: session.state)
        case .activate(let config):
            let stranded = machine.strandedSecrets(in: session.state)
            guard stranded.isEmpty else {
                next.state.held.subtract(stranded)
                session = try await save(next, [], stranded)
                return nil
            }
            do { return try await activate(session, connector, config) } catch let error as MaxError
                where error.code == .accountTaken
            {
                guard let clash = try await clash(session) else { throw error }
                next.state.question = clash
            }
        }
        session = try await save(next, [], [])
        return nil
    }

    /// What another driver of the same setup led to before this one.
    private func finishedMeanwhile(_ session: SetupSession) async throws -> FinishedView? {
        guard session.purpose == .add, let made = try await connections.connection(session.connection) else {
            return nil
        }
        return FinishedView(
            connection: made.id, identity: made.identity, updated: false, ladder: made.lastSetup?.ladder,
            credential: made.lastSetup?.credential)
    }

    /// What a session shows to somebody who only looks: while it is driven here, how far that has come.
    func standing(_ session: SetupSession, _ connector: any Connector) -> FlowView {
        let machine = machine(of: connector)
        let state = (checks.session(session.id, at: session.revision) ?? session).state
        return switch machine.move(from: state) {
        case .ask(let view): view
        case .call(let call):
            .working(
                WorkingView(step: machine.stepView(call.step, in: state), ladder: checks[session.id]))
        case .mend(let problem): .refused(problem)
        case .activate:
            .working(WorkingView(step: StepView(id: "activate", title: "Connecting", canGoBack: false), ladder: nil))
        }
    }

    func search(
        _ query: String, _ session: SetupSession, _ connector: any Connector, _ report: SetupReport?
    ) async throws -> SetupReply {
        let machine = machine(of: connector)
        guard session.state.question == nil, let step = machine.step(at: session.state),
            case .select = step.body
        else { throw MaxError.answerMisplaced("is at no list") }
        return try await checks.share(session, report) { check in
            let (call, terms) = (FlowCall.options(step, query: query), CheckTerms(check, patience: patience))
            var next = session
            next.state = try await make(call, for: next, connector, terms).state(after: call, next.state, machine)
            return try await drive(save(next, [], []), connector, terms)
        }
    }

    func useSandbox(
        _ given: [String: GivenValue], _ session: SetupSession, _ connector: any Connector, _ report: SetupReport?
    ) async throws -> SetupReply {
        guard machine(of: connector).offersSandbox(session.state) else {
            throw MaxError.answerMisplaced("is past the point where its sandbox could fill everything in")
        }
        let endpoint = try await sandboxes.endpoint(of: session.connector)
        let accepted = try machine(of: connector).useSandbox(endpoint, over: given, at: session.state)
        return try await store(accepted, nil, session, connector, report)
    }

    func save(
        _ session: SetupSession, _ secrets: [FreshlySealed], _ dropping: Set<String>
    ) async throws -> SetupSession {
        var next = session
        next.revision += 1
        next.expiresAt = surroundings.now().addingTimeInterval(SetupSession.idleLifetime)
        try await sessions.save(next, secrets: secrets, dropping: dropping)
        return next
    }

    /// Turns the session to the connection the owner chose, and seals its secrets anew for that one.
    private func move(
        _ session: inout SetupSession, _ question: PlatformQuestion, _ answer: PlatformAnswer?
    ) async throws -> [FreshlySealed] {
        let earlier = session.connection
        switch (question, answer) {
        case (.sameAccount(let connection, _, _), .update):
            (session.purpose, session.connection) = (.reconnect, connection)
        case (.otherAccount, .addNew):
            (session.purpose, session.connection) = (.add, ConnectionID(in: surroundings))
        case (.sameAccount, _), (.otherAccount, _), (.allowHost, _):
            return []
        }
        var moved: [FreshlySealed] = []
        let store = keeper.credentials(of: earlier, staged: true, purpose: "setup")
        for field in session.state.held.sorted() {
            guard let secret = try await store.get(field) else { continue }
            moved.append(try await keeper.seal(secret, field: field, for: session.connection))
        }
        return moved
    }

    func machine(of connector: any Connector) -> FlowMachine {
        FlowMachine(
            connector: connector.about, definition: connector.flow,
            hasSandbox: registry.sandbox(of: connector.about.name) != nil)
    }

    func newSession(
        _ connector: String, _ purpose: SetupPurpose, _ connection: ConnectionID, _ name: String? = nil,
        _ state: FlowState = FlowState(), by agent: AgentID?
    ) -> SetupSession {
        let now = surroundings.now()
        return SetupSession(
            id: SessionID(in: surroundings), connector: connector, purpose: purpose, connection: connection,
            name: name, state: state, startedBy: agent, createdAt: now,
            expiresAt: now.addingTimeInterval(SetupSession.idleLifetime))
    }

    /// The session of that id, where it is a sandbox's with the address it has in this process.
    func current(_ id: SessionID) async throws -> SetupSession {
        var session = try await stored(id)
        if session.state.isSandbox {
            let endpoint = try await sandboxes.endpoint(of: session.connector)
            session.state.answers.merge(endpoint.answers) { _, now in now }
        }
        return session
    }

    func stored(_ id: SessionID) async throws -> SetupSession {
        guard let session = try await sessions.session(id), session.expiresAt > surroundings.now() else {
            throw MaxError(
                .setupEnded, "This setup was finished, cancelled or left alone for an hour, and is gone.",
                fix: "Begin a new one with max connect.")
        }
        return session
    }

    func stale() -> MaxError {
        MaxError(
            .revisionStale, "This setup has moved on: another answer came first.",
            fix: "Look at its current view and answer that.")
    }

    func requireVault() async throws {
        guard let lock = await keeper.lock() else { return }
        throw MaxError("vault_locked", "Nothing can be connected now: the vault is \(lock.sentence).", fix: lock.fix)
    }

    func requireOpenings(of connector: any Connector) throws {
        guard let absence = connector.flow.absence(where: opens) else { return }
        throw MaxError.cannotBeConnected(connector.about, absence)
    }

    func requireFree(_ name: String) async throws {
        try Slug.check(name, besides: registry.names)
        if try await connections.connection(slug: name) != nil {
            throw MaxError(.nameTaken, "Another connection is named “\(name)”.", fix: "Choose another name.")
        }
    }
}

extension FlowAnswer {
    /// What the answer says, in one unambiguous spelling, to recognise it by.
    var canonicalBytes: [UInt8] {
        switch self {
        case .submit(let given): Array("submit ".utf8) + given.canonicalBytes
        case .useSandbox(let given): Array("sandbox ".utf8) + given.canonicalBytes
        case .choose(let values): Array("choose \(JSON.array(values.map(JSON.string)).text)".utf8)
        case .search(let query): Array("search \(query)".utf8)
        case .retry: Array("retry".utf8)
        }
    }
}

extension [String: GivenValue] {
    fileprivate var canonicalBytes: [UInt8] {
        sorted { $0.key < $1.key }.flatMap { name, value -> [UInt8] in
            let bytes: [UInt8] =
                switch value {
                case .plain(let json): Array("p\(json.text)".utf8)
                case .secret(let secret): secret.withBytes { Array("s".utf8) + $0 }
                }
            return Array("\(name.utf8.count):\(name)=\(bytes.count):".utf8) + bytes
        }
    }
}
