internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Asks the provider what a step needs to know, for as long as patience lasts.
    func make(
        _ call: FlowCall, for session: SetupSession, _ connector: any Connector, _ report: SetupReport?
    ) async throws -> FlowFinding {
        let state = session.state
        let endpoint = state.isSandbox ? try await sandboxes.endpoint(of: session.connector) : nil
        let witness = WitnessedCredentials(
            keeper.credentials(of: session.connection, staged: true, purpose: "setup"))
        let context = SetupContext(
            credentials: CredentialProvider(witness),
            upstream: upstreams.upstream(route(state, endpoint, connector, report)),
            end: .now + patience - Self.margin
        ) { report?($0) }
        do {
            let draft = machine(of: connector).draft(for: call.step, in: state)
            return try await within(patience) {
                try await perform(call, draft, context, session) {
                    FindingReview(provider: connector.about.displayName, secrets: witness.secrets)
                }
            } orElse: {
                throw Problem.tooSlow(connector.about.displayName, patience)
            }
        } catch let refusal as PrivateAddressRefused {
            return .privateHost(host: refusal.host, address: refusal.address)
        } catch let problem as Problem {
            return .problem(problem)
        } catch is UnansweredField {
            return .problem(.unreadable(call.step.title))
        } catch let error as MaxError {
            throw error
        } catch let error where !(error is CancellationError) {
            return .problem(.unexplained(call.step.title, connector.about.displayName))
        }
    }

    /// What is left of patience for what was found, when something could not be proven in time.
    private static let margin = Duration.seconds(1)

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
            return .additions(try await run(draft, context))
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
        _ state: FlowState, _ endpoint: SandboxEndpoint?, _ connector: any Connector, _ report: SetupReport?
    ) -> UpstreamRoute {
        let machine = machine(of: connector)
        let asked = machine.askedFields(in: state)
        return UpstreamRoute(
            connector: connector.about, hosts: connector.about.egress.hosts(machine.countingAnswers(of: state).answers),
            allowedPrivateHosts: state.allowedHosts.union([endpoint?.url.authority].compactMap(\.self)),
            deadline: .seconds(9), onRung: report, credentialPage: asked.last { $0.isSecret }?.creationPage)
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

/// Runs `work`, and something else in its place when it takes longer.
func within<Result: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Result,
    orElse late: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { return try await late() }
        return result
    }
}
