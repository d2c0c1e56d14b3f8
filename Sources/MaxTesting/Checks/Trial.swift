internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup

/// One run of one check: a connector and a double that is up.
struct Trial: Sendable {
    let connector: any Connector
    let script: ProviderScript

    func run(_ check: SetupCheck) async throws {
        switch check {
        case .registration: try await checkRegistration()
        case .activation: try await checkActivation()
        case .identity: try await checkIdentity()
        case .wrongSecret: try await checkRefusal(.wrongSecret)
        case .revokedSecret: try await checkRefusal(.revoked)
        case .missingScope: try await checkRefusal(.scopeMissing)
        case .blankSecret: try await checkBlankSecret()
        case .pastedLineBreak: try await checkPastedLineBreak()
        case .otherKindOfSecret: try await checkOtherKindOfSecret()
        case .sameAccountAgain: try await checkSameAccountAgain()
        case .failedRotation: try await checkFailedRotation()
        case .otherAccount: try await checkOtherAccount()
        case .slowProvider: try await checkSlowProvider()
        case .silentProvider: try await checkSilentProvider()
        case .garbage: try await checkOutage(.garbage, isRetryable: false)
        case .webPage: try await checkOutage(.html, isRetryable: false)
        case .hugeAnswer: try await checkOutage(.huge, isRetryable: false)
        case .rateLimit: try await checkOutage(.rateLimited, isRetryable: true)
        case .silentRateLimit: try await checkOutage(.silentlyRateLimited, isRetryable: true)
        case .rateLimitAsForbidden: try await checkOutage(.rateLimitedAsForbidden, isRetryable: true)
        case .errorBody: try await checkOutage(.errorBody, isRetryable: false)
        case .serverFault: try await checkOutage(.serverFault, isRetryable: true)
        case .backAndForth: try await checkBackAndForth()
        case .killAndResume: try await checkKillAndResume()
        case .cancellation: try await checkCancellation()
        case .expiry: try await checkExpiry()
        case .canaries: try await checkCanaries()
        }
    }

    private func checkRegistration() async throws {
        let mistakes = await connector.mistakes()
        try require(
            mistakes.isEmpty, expected: "no mistake", found: mistakes.map(\.sentence).joined(separator: "; "))
    }
}

extension SetupBench {
    /// Connects the script's account.
    func connect() async throws -> Connection { try await requireConnected(owner.connect()) }

    /// Holds a setup to have ended well, with everything written that belongs to it and nothing else.
    ///
    /// - Returns: The connection.
    func requireConnected(_ reply: SetupReply, secrets: [String: String]? = nil) async throws -> Connection {
        guard let end = reply.view.finish else {
            throw Shortfall(at: reply.view.title, expected: "a connected account", found: reply.view.summary)
        }
        let connection = try await requireWhole(end.connection, secrets: secrets ?? script.account)
        let run = store.activations.last?.run
        try require(run?.connection == connection.id, expected: "a first run to be requested", found: "none")
        return connection
    }

    /// Holds a connection to be active, with a sound config and its secrets in force, and no setup to be left.
    func requireWhole(_ id: ConnectionID, secrets: [String: String]) async throws -> Connection {
        guard let connection = try await store.connection(id) else {
            throw Shortfall(expected: "the connection to be stored", found: "none")
        }
        try require(
            connection.state == .active, expected: "an active connection", found: "one that is \(connection.state)")
        try require(
            !connection.label.allSatisfy(\.isWhitespace), expected: "a label for the account", found: "a blank one")
        try requireSound(connection)
        for (field, text) in secrets {
            let stored = try await secretInForce(field, of: id)
            try require(
                stored?.matches(SecretValue(text)) == true, expected: "the secret “\(field)” in the vault",
                found: stored == nil ? "none" : "another one")
        }
        let staged = try await store.secrets(of: id).filter { $0.stage == .staged }.map(\.field)
        try require(staged.isEmpty, expected: "no secret left in the setup", found: staged.joined(separator: ", "))
        let left = try await store.sessions(at: .distantPast)
        try require(left.isEmpty, expected: "no setup left", found: "\(left.count)")
        return connection
    }

    private func requireSound(_ connection: Connection) throws {
        do { _ = try connector.flow.config.validated(DraftValues(connection.config)) } catch {
            throw Shortfall(expected: "a config that can be read", found: "“\(error)”")
        }
        let leaks = CanarySweep(script.secrets).leaks(
            in: "\(connection) \(JSON.object(connection.config).text)", of: "it")
        try require(
            leaks.isEmpty, expected: "a config without secrets", found: leaks.map(\.description).joined(separator: "; ")
        )
    }

    /// Holds nothing to be there: no connection, no setup, no secret, no key.
    func requireNothing() async throws {
        let left = [
            ("connection", try await store.connections().count),
            ("setup", try await store.sessions(at: .distantPast).count),
            ("key of a secret", try await store.dataKeys().count),
        ].filter { $0.1 > 0 }.map { "\($0.1) × \($0.0)" }
        try require(left.isEmpty, expected: "nothing to be left", found: left.joined(separator: ", "))
    }

    /// Holds a reply to say what is wrong, in a sentence, with the setup kept and nothing connected.
    func requireProblem(_ reply: SetupReply) async throws -> Problem {
        guard let problem = reply.view.problem else {
            throw Shortfall(at: reply.view.title, expected: "a problem", found: reply.view.summary)
        }
        try require(
            problem.sentence?.allSatisfy(\.isWhitespace) == false, at: reply.view.title,
            expected: "a sentence for the owner", found: "none for \(problem.code)")
        if case .refused = reply.view {
            throw Shortfall(expected: "a setup that can go on", found: reply.view.summary)
        }
        let connections = try await store.connections().count
        try require(connections == 0, expected: "nothing to be connected", found: "\(connections)")
        return problem
    }
}

extension ProviderScript {
    /// Every secret of the script, each once.
    var secrets: [String] {
        let faulty = faults.values.flatMap { $0.filter { account[$0.key] != nil }.values }
        return Set(account.values).union(otherSecrets.values).union(faulty).sorted()
    }
}
