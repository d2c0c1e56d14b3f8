internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

let noon = Date(timeIntervalSince1970: 1_900_000_000)

extension ConnectionID {
    static let one = ConnectionID(rawValue: "con_one")
    static let two = ConnectionID(rawValue: "con_two")
}

extension Connection {
    static func sample(
        _ id: ConnectionID = .one, slug: String = "acme", account: String? = "dana", isSandbox: Bool = false,
        createdAt: Date = noon
    ) -> Connection {
        Connection(
            id: id, connector: "acme", slug: slug, label: "Dana's",
            identity: account.map { Identity(id: $0, label: "Dana", scopes: ["read"], expiresAt: noon + 60) },
            state: .active, config: ["url": "https://acme.test", "depth": 3, "tags": ["a", nil]], configVersion: 2,
            isSandbox: isSandbox, allowedHosts: ["localhost", "10.0.0.1"], createdAt: createdAt,
            activatedAt: createdAt + 30)
    }
}

extension SetupSession {
    static func sample(
        _ id: String = "set_one", for connection: ConnectionID = .one, purpose: SetupPurpose = .add,
        createdAt: Date = noon
    ) -> SetupSession {
        var session = SetupSession(
            id: SessionID(rawValue: id), connector: "acme", purpose: purpose, connection: connection, name: "work",
            receipt: AnswerReceipt(revision: 3, digest: "d1"), createdAt: createdAt,
            expiresAt: createdAt + SetupSession.idleLifetime)
        session.state.answers = ["url": "https://acme.test"]
        session.state.done = [DoneStep("tenant", .answered)]
        session.state.problem = Problem("refused", .auth, "Acme refused the token.", field: "token", rung: .signIn)
        session.state.question = .allowHost(host: "localhost", address: "127.0.0.1")
        return session
    }

    /// The session after one more answer.
    var next: SetupSession {
        var next = self
        next.revision += 1
        return next
    }
}

extension WrappedDataKey {
    static func sample(
        _ id: String, of connection: ConnectionID = .one, masterKey: String = "m1", createdAt: Date = noon
    ) -> WrappedDataKey {
        WrappedDataKey(
            id: id, connection: connection, masterKey: masterKey, wrapped: Data("wrapped-\(id)".utf8),
            createdAt: createdAt)
    }
}

extension FreshlySealed {
    /// A secret that brings its data key along.
    static func sample(
        _ field: String, _ ciphertext: String, of connection: ConnectionID = .one, stage: SecretStage = .staged,
        key: String = "k1", masterKey: String = "m1", bringsKey: Bool = true
    ) -> FreshlySealed {
        let secret = SealedSecret(
            connection: connection, field: field, stage: stage, dataKey: key, version: 1,
            ciphertext: Data(ciphertext.utf8))
        let newKey = WrappedDataKey.sample(key, of: connection, masterKey: masterKey)
        return FreshlySealed(secret: secret, newKey: bringsKey ? newKey : nil)
    }
}

extension Activation {
    init(_ session: SetupSession, _ connection: Connection, replaces: Bool = false, run: String = "run_one") {
        self.init(
            session: session, connection: connection, replaces: replaces,
            run: RequestedRun(id: RunID(rawValue: run), connection: connection.id, requestedAt: noon))
    }
}

extension SessionRows {
    /// Sets a connection up from its first answer to its activation, with a token in force.
    func connect(_ connection: Connection, token: String = "token-1") async throws {
        let word = connection.id.rawValue
        let session = SetupSession.sample("set_\(word)", for: connection.id)
        try await insert(session)
        let sealed = FreshlySealed.sample("token", token, of: connection.id, key: "key_\(word)")
        try await save(session.next, secrets: [sealed], dropping: [])
        try await activate(Activation(session.next, connection, run: "run_\(word)"))
    }
}

extension SecretRows {
    /// The ciphertexts of a connection as text, by field and stage.
    func texts(of connection: ConnectionID = .one) async throws -> [String] {
        try await secrets(of: connection).map {
            "\($0.field) \($0.stage.rawValue): \(String(decoding: $0.ciphertext, as: UTF8.self))"
        }
    }
}

/// The code of the error with which `work` is refused; nil when it is not.
func refusal(
    of work: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async -> MaxError.Code? {
    do {
        try await work()
        return nil
    } catch let error as MaxError { return error.code } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}
