internal import Foundation
internal import MaxConnector
internal import MaxEngines
internal import MaxHub

/// A store whose every write meets the process's fate.
struct MortalRows: ProjectRows {
    let rows: any ProjectRows
    let fate: Fate
}

extension MortalRows: ConnectionRows {
    func connections() async throws -> [Connection] { try await rows.connections() }

    func connection(_ id: ConnectionID) async throws -> Connection? { try await rows.connection(id) }

    func connection(slug: String) async throws -> Connection? { try await rows.connection(slug: slug) }

    func connection(connector: String, account: String, isSandbox: Bool) async throws -> Connection? {
        try await rows.connection(connector: connector, account: account, isSandbox: isSandbox)
    }

    func rename(_ id: ConnectionID, label: String?, slug: String?) async throws {
        try await fate.meet("rename") { try await rows.rename(id, label: label, slug: slug) }
    }

    func revoke(_ id: ConnectionID, at time: Date) async throws {
        try await fate.meet("revoke") { try await rows.revoke(id, at: time) }
    }

    func erase(_ id: ConnectionID, at time: Date) async throws {
        try await fate.meet("erase") { try await rows.erase(id, at: time) }
    }
}

extension MortalRows: SessionRows {
    func sessions(at time: Date) async throws -> [SetupSession] { try await rows.sessions(at: time) }

    func session(_ id: SessionID) async throws -> SetupSession? { try await rows.session(id) }

    func insert(_ session: SetupSession) async throws {
        try await fate.meet("insert") { try await rows.insert(session) }
    }

    func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        try await fate.meet("save") { try await rows.save(session, secrets: secrets, dropping: dropping) }
    }

    func activate(_ activation: Activation) async throws {
        try await fate.meet("activate") { try await rows.activate(activation) }
    }

    func discard(_ id: SessionID) async throws {
        try await fate.meet("discard") { try await rows.discard(id) }
    }

    func discardExpired(at time: Date) async throws {
        try await fate.meet("discardExpired") { try await rows.discardExpired(at: time) }
    }
}

extension MortalRows: SecretRows {
    func secret(_ field: String, of connection: ConnectionID, stage: SecretStage) async throws -> SealedSecret? {
        try await rows.secret(field, of: connection, stage: stage)
    }

    func secrets(of connection: ConnectionID) async throws -> [SealedSecret] { try await rows.secrets(of: connection) }

    func put(_ sealed: FreshlySealed) async throws {
        try await fate.meet("put") { try await rows.put(sealed) }
    }

    func deleteSecret(_ field: String, of connection: ConnectionID) async throws {
        try await fate.meet("deleteSecret") { try await rows.deleteSecret(field, of: connection) }
    }

    func dataKey(_ id: String) async throws -> WrappedDataKey? { try await rows.dataKey(id) }

    func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey? {
        try await rows.newestDataKey(of: connection)
    }

    func dataKeys() async throws -> [WrappedDataKey] { try await rows.dataKeys() }

    func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool {
        try await fate.meet("rekey") { try await rows.rekey(connection, to: key, from: old, sealed) }
    }

    func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool {
        try await fate.meet("retire") { try await rows.retire(masterKeys: masterKeys, at: time) }
    }

    func audit(_ entries: [AuditEntry]) async throws {
        try await fate.meet("audit") { try await rows.audit(entries) }
    }

    func auditTrail(limit: Int) async throws -> [AuditEntry] { try await rows.auditTrail(limit: limit) }

    func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await rows.exclusively(name, work)
    }
}

extension MortalRows: AttemptRows {
    func refusals(of account: String, within span: ClosedRange<Date>) async throws -> [Date] {
        try await rows.refusals(of: account, within: span)
    }

    func noteRefusal(of account: String, within span: ClosedRange<Date>) async throws {
        try await fate.meet("noteRefusal") { try await rows.noteRefusal(of: account, within: span) }
    }

    func forgetRefusals(of account: String) async throws {
        try await fate.meet("forgetRefusals") { try await rows.forgetRefusals(of: account) }
    }
}
