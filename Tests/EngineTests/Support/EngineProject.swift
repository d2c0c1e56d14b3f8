import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxSetup
import MaxStore
import MaxVault
import Testing

typealias StoreRows = ConnectionRows & SessionRows & AttemptRows & SecretRows

/// The two stores that have to behave alike.
enum Backend: String, CaseIterable, Sendable {
    case sqlite
    case memory
}

/// A store and a key file, in which every vault is that of a process of its own.
struct EngineProject: Sendable {
    let rows: any StoreRows
    let keyPath: String

    /// A vault of a process that just started.
    func vault() -> Vault {
        Vault(source: .file(path: keyPath, ownedByUs: true), rows: rows, surroundings: .real)
    }

    /// The setup engine of a process that just started.
    func service(over sessions: any SessionRows) throws -> SetupService {
        SetupService(
            registry: ConnectorRegistry([.init("tiny") { tiny }]), connections: rows, sessions: sessions,
            attempts: rows, keeper: vault(), upstreams: NoWayOut(), sandboxes: NoWayOut(), surroundings: .real,
            patience: .seconds(60))
    }

    /// Connects the one account there is, with a rotation right before the nth answer with secrets is stored.
    func connect(token: String, code: String, rotatingAt answer: Int = 0) async throws -> SetupReply {
        let rotating = vault()
        let sessions = InterruptedSessions(rows, at: answer) { _ = try await rotating.rotate { _ in } }
        let service = try service(over: sessions)
        var reply = try await service.start("tiny")
        for given in [FlowAnswer.secret("token", token), .secret("code", code), .choose(["update"])] {
            if reply.connection != nil { return reply }
            reply = try await service.answer(reply.session.id, revision: reply.session.revision, given)
        }
        return reply
    }

    /// Puts the key that is in use out of use, as nothing but a key file from before a rotation can be.
    func retireCurrentKey() async throws {
        let key = try #require(try await vault().status().currentKey)
        #expect(try await rows.retire(masterKeys: [key], at: Date()))
    }

    /// The secrets in force, as a process finds them that just started.
    func secrets(of connection: ConnectionID) async throws -> [String: String] {
        let store = vault().credentials(of: connection, staged: false, purpose: "test")
        var secrets: [String: String] = [:]
        for key in try await store.keys() { secrets[key] = try await store.get(key)?.withText { $0 } }
        return secrets
    }

    func expectOneMasterKey(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let status = try await vault().status()
        #expect(status.olderKeys.isEmpty, sourceLocation: sourceLocation)
        #expect(status.use.map(\.key) == [status.currentKey], sourceLocation: sourceLocation)
    }
}

/// Runs `body` with an empty project that leaves nothing behind.
func withProject(_ backend: Backend, _ body: (EngineProject) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "max-engines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let keyPath = folder.appending(path: "vault.key").path()
    try VaultKeyFile.create(at: keyPath)
    switch backend {
    case .sqlite: try await body(EngineProject(rows: SQLiteStore(folder: folder), keyPath: keyPath))
    case .memory: try await body(EngineProject(rows: MemoryStore(), keyPath: keyPath))
    }
}

extension SetupReply {
    /// The connection, once the setup has ended well.
    var connection: ConnectionID? {
        if case .finished(let view) = view { view.connection } else { nil }
    }
}

extension FlowAnswer {
    static func secret(_ field: String, _ text: String) -> FlowAnswer { .submit([field: .secret(SecretValue(text))]) }
}
