internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Asks the provider what a step needs to know, for as long as patience lasts, unless the account is to be left
    /// alone for a while.
    func make(
        _ call: FlowCall, for session: SetupSession, _ connector: any Connector, _ terms: CheckTerms
    ) async throws -> CheckOutcome {
        let budget = try await budget(of: session, connector)
        do { try await budget?.admit(session.id, at: surroundings.now()) } catch let pause as Problem {
            return CheckOutcome(finding: .problem(pause))
        }
        let stop = checks.beginCall(terms.check, of: budget?.account)
        defer { checks.endCall(terms.check) }
        let provider = connector.about.displayName
        let witness = WitnessedCredentials(keeper.credentials(of: session.connection, staged: true, purpose: "setup"))
        let recorder = LadderRecorder(Ladder()) {
            witness.echo.review($0, of: provider)
        } report: { [checks] in
            checks.note($0, of: terms.check)
        }
        let flight = FlightRecorder(since: surroundings.now())
        flight.note(.began, call.word)
        let finding: FlowFinding
        do {
            finding = try await ask(call, session, connector, witness, (recorder, flight), terms, until: stop)
        } catch {
            await keep(flight, of: session, call.word) { $0.fail(error) }
            throw error
        }
        recorder.end(finding)
        flight.note(recorder.ladder)
        await keep(flight, of: session, call.word) { $0.tell(finding) }
        let settled = try await budget?.settle(finding, at: surroundings.now())
        return CheckOutcome(
            finding: settled?.finding ?? finding, ladder: recorder.ladder, triesLeft: settled?.triesLeft)
    }

    private func ask(
        _ call: FlowCall, _ session: SetupSession, _ connector: any Connector, _ witness: WitnessedCredentials,
        _ recorders: (ladder: LadderRecorder, flight: FlightRecorder), _ terms: CheckTerms,
        until stop: AsyncStream<Void>
    ) async throws -> FlowFinding {
        let state = session.state
        let provider = connector.about.displayName
        let endpoint = state.isSandbox ? try await sandboxes.endpoint(of: session.connector) : nil
        let context = SetupContext(
            credentials: CredentialProvider(witness),
            upstream: upstreams.upstream(route(state, endpoint, connector, recorders)),
            limit: ProofLimit(end: terms.proofEnd, problem: .tooSlow(provider, terms.patience)),
            tell: recorders.ladder.note)
        do {
            let draft = machine(of: connector).draft(for: call.step, in: state)
            return try await terms.bound(until: stop, otherwise: .tooSlow(provider, terms.patience)) {
                try await perform(call, draft, context, session) {
                    FindingReview(provider: provider, echo: witness.echo)
                }
            }
        } catch let refusal as PrivateAddressRefused {
            return .privateHost(host: refusal.host, address: refusal.address)
        } catch let problem as Problem {
            return .problem(witness.echo.review(problem, of: provider))
        } catch is UnansweredField {
            return .problem(.unreadable(call.step.title))
        } catch let error as MaxError {
            throw error
        } catch let error where !(error is CancellationError) {
            return .problem(.unexplained(call.step.title, provider))
        }
    }

    /// The budget of the account that a check is about; nil where nothing secret is given.
    private func budget(of session: SetupSession, _ connector: any Connector) async throws -> AttemptBudget? {
        guard !session.state.held.isEmpty else { return nil }
        let machine = machine(of: connector)
        let answers = machine.countingAnswers(of: session.state).answers
        let names = machine.askedFields(in: session.state).filter(\.namesAccount).map(\.name)
        let account: JSON = [
            "connector": .string(connector.about.name), "sandbox": .bool(session.state.isSandbox),
            "hosts": .array((connector.about.egress.hosts(answers) ?? []).sorted().map(JSON.string)),
            "names": .array(names.sorted().map { .string(answers[$0]?.string?.lowercased() ?? "") }),
        ]
        let hash = try await keeper.fingerprint(Array("account \(account.text)".utf8))
        return AttemptBudget(
            rows: attempts, checks: checks, account: hash, provider: connector.about.displayName)
    }

    private func perform(
        _ call: FlowCall, _ draft: DraftValues, _ context: SetupContext, _ session: SetupSession,
        review: @Sendable () -> FindingReview
    ) async throws -> FlowFinding {
        switch (call, call.step.body) {
        case (.check, .validation(let check)):
            let found = try await check(draft, context)
            let identity = try review().admit(found)
            return .account(identity, existing: try await clash(identity, session))
        case (.options(_, let query), .select(let selection)):
            let found = try await selection.load(draft, context, query)
            return .options(try review().admit(found), query: query)
        case (.custom, .custom(_, let run)):
            let found = try await run(draft, context)
            return .additions(try review().admit(found))
        case (.check, _), (.options, _), (.custom, _):
            throw Problem.unreadable(call.step.title)
        }
    }

    /// How an account stands to the connections that exist.
    private func clash(_ identity: Identity, _ session: SetupSession) async throws -> AccountClash? {
        let owner = try await connections.connection(
            connector: session.connector, account: identity.id, isSandbox: session.state.isSandbox)
        if session.purpose == .reconnect, let mended = try await connections.connection(session.connection),
            let expected = mended.identity, expected.id != identity.id
        {
            return .different(expected: expected.label)
        }
        guard let owner, owner.id != session.connection else { return nil }
        try await requireSamePlace(owner, session)
        return .taken(by: owner.id, slug: owner.slug, label: owner.label)
    }

    /// Refuses to take a connection over for a provider at another address: who runs a copy of it, or only says the same
    /// ids, must not replace a credential that works.
    ///
    /// - Throws: ``MaxCore/Problem`` at the question for the address.
    private func requireSamePlace(_ owner: Connection, _ session: SetupSession) async throws {
        let about = try await registry.connector(session.connector).about
        guard case .configured(let field) = about.egress, !owner.isSandbox, owner.state != .revoked,
            about.egress.hosts(owner.config) != about.egress.hosts(session.state.answers)
        else { return }
        throw Problem(
            "account_elsewhere", .permanent,
            "\(owner.label) is connected already, as \(owner.slug), at another address than this.", field: field,
            fix: .action("Use that address, or disconnect \(owner.slug) first."))
    }

    /// The question about an account that another connection took while this setup was under way.
    func clash(_ session: SetupSession) async throws -> PlatformQuestion? {
        guard let identity = session.state.identity else { return nil }
        return try await clash(identity, session)?.question(identity)
    }

    private func route(
        _ state: FlowState, _ endpoint: SandboxEndpoint?, _ connector: any Connector,
        _ recorders: (ladder: LadderRecorder, flight: FlightRecorder)
    ) -> UpstreamRoute {
        let machine = machine(of: connector)
        let asked = machine.askedFields(in: state)
        return UpstreamRoute(
            connector: connector.about, hosts: connector.about.egress.hosts(machine.countingAnswers(of: state).answers),
            allowedPrivateHosts: state.allowedHosts.union([endpoint?.url.authority].compactMap(\.self)),
            deadline: .seconds(9), onRung: recorders.ladder.note,
            credentialPage: asked.last { $0.isSecret }?.creationPage,
            recorder: recorders.flight)
    }
}

extension Problem {
    /// The connector failed with an error of its own instead of a problem.
    static func unexplained(_ step: String, _ provider: String) -> Problem {
        Problem(
            "connector_failed", .retryable,
            "“\(step)” failed for a reason the connector for \(provider) does not explain.",
            fix: .action("Try again, and tell the connector's author if it stays so."))
    }

    static func tooSlow(_ provider: String, _ patience: Duration) -> Problem {
        let seconds = max(1, patience.components.seconds)
        return Problem(
            "provider_silent", .retryable, "\(provider) did not answer within \(seconds) seconds.", rung: .answer,
            fix: .action("Try again in a moment, and check the address if it stays silent."))
    }
}

extension FieldSpec {
    /// Whether its answer says which account a credential is for.
    fileprivate var namesAccount: Bool {
        !isSecret && (kind == .email || ["username", "email"].contains(autocomplete))
    }
}
