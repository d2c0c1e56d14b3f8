internal import Foundation
internal import MaxHub

extension WatchedStore: ConnectionRows {
    func connections() async throws -> [Connection] { try await read { try await base.connections() } }

    func connection(_ id: ConnectionID) async throws -> Connection? { try await read { try await base.connection(id) } }

    func connection(slug: String) async throws -> Connection? {
        try await read { try await base.connection(slug: slug) }
    }

    func connection(connector: String, account: String, isSandbox: Bool) async throws -> Connection? {
        try await read { try await base.connection(connector: connector, account: account, isSandbox: isSandbox) }
    }

    func rename(_ id: ConnectionID, label: String?, slug: String?) async throws {
        try await write { try await base.rename(id, label: label, slug: slug) }
    }

    func revoke(_ id: ConnectionID, at time: Date) async throws {
        try await write { try await base.revoke(id, at: time) }
    }

    func erase(_ id: ConnectionID, at time: Date) async throws {
        try await write { try await base.erase(id, at: time) }
    }
}

extension WatchedStore: SessionRows {
    func sessions(at time: Date) async throws -> [SetupSession] { try await read { try await base.sessions(at: time) } }

    func session(_ id: SessionID) async throws -> SetupSession? { try await read { try await base.session(id) } }

    func insert(_ session: SetupSession) async throws { try await write { try await base.insert(session) } }

    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        try await write { try await base.save(session, secrets: secrets, dropping: dropping) }
    }

    func activate(_ activation: Activation) async throws {
        try await write {
            try await base.activate(activation)
            note(activation)
        }
    }

    func discard(_ id: SessionID) async throws { try await write { try await base.discard(id) } }

    func discardExpired(at time: Date) async throws { try await write { try await base.discardExpired(at: time) } }
}

extension WatchedStore: AttemptRows {
    func refusals(of account: String, within span: ClosedRange<Date>) async throws -> [Date] {
        try await read { try await base.refusals(of: account, within: span) }
    }

    func noteRefusal(of account: String, within span: ClosedRange<Date>) async throws {
        try await write { try await base.noteRefusal(of: account, within: span) }
    }

    func forgetRefusals(of account: String) async throws {
        try await write { try await base.forgetRefusals(of: account) }
    }
}

extension WatchedStore: SecretRows {
    func secret(_ field: String, of connection: ConnectionID, stage: SecretStage) async throws -> SealedSecret? {
        try await read { try await base.secret(field, of: connection, stage: stage) }
    }

    func secrets(of connection: ConnectionID) async throws -> [SealedSecret] {
        try await read { try await base.secrets(of: connection) }
    }

    func put(_ sealed: FreshlySealed) async throws { try await write { try await base.put(sealed) } }

    func deleteSecret(_ field: String, of connection: ConnectionID) async throws {
        try await write { try await base.deleteSecret(field, of: connection) }
    }

    func dataKey(_ id: String) async throws -> WrappedDataKey? { try await read { try await base.dataKey(id) } }

    func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey? {
        try await read { try await base.newestDataKey(of: connection) }
    }

    func dataKeys() async throws -> [WrappedDataKey] { try await read { try await base.dataKeys() } }

    func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool {
        try await write { try await base.rekey(connection, to: key, from: old, sealed) }
    }

    func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool {
        try await write { try await base.retire(masterKeys: masterKeys, at: time) }
    }

    func audit(_ entries: [AuditEntry]) async throws { try await write { try await base.audit(entries) } }

    func auditTrail(limit: Int) async throws -> [AuditEntry] {
        try await read { try await base.auditTrail(limit: limit) }
    }

    func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await read { try await base.exclusively(name, work) }
    }
}
