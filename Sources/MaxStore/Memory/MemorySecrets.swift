package import Foundation
internal import MaxCore
package import MaxHub

extension MemoryStore: SecretRows {
    package func secret(
        _ field: String, of connection: ConnectionID, stage: SecretStage
    ) async throws -> SealedSecret? {
        read { $0.secrets.first { $0.connection == connection && $0.field == field && $0.stage == stage } }
    }

    package func secrets(of connection: ConnectionID) async throws -> [SealedSecret] {
        read { rows in
            rows.secrets.filter { $0.connection == connection }
                .sorted { ($0.field, $0.stage.rawValue) < ($1.field, $1.stage.rawValue) }
        }
    }

    package func put(_ sealed: FreshlySealed) async throws {
        try write { try $0.put(sealed) }
    }

    package func deleteSecret(_ field: String, of connection: ConnectionID) async throws {
        try write { $0.removeSecret(field, of: connection, stage: .active) }
    }

    package func dataKey(_ id: String) async throws -> WrappedDataKey? {
        read { $0.keys.first { $0.id == id } }
    }

    package func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey? {
        try await dataKeys().last { $0.connection == connection }
    }

    package func dataKeys() async throws -> [WrappedDataKey] {
        read { $0.keys.sorted { $0.createdAt < $1.createdAt } }
    }

    package func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool {
        try write { rows in
            guard Set(rows.secrets.filter { $0.connection == connection }) == Set(old) else { return false }
            try rows.put(key)
            for secret in sealed { try rows.put(secret) }
            rows.removeUnusedKeys(of: connection, except: key.id)
            return true
        }
    }

    package func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool {
        try write { $0.retire(masterKeys) }
    }

    package func audit(_ entries: [AuditEntry]) async throws {
        try write { $0.note(entries) }
    }

    package func auditTrail(limit: Int) async throws -> [AuditEntry] {
        read { $0.audit.suffix(max(0, limit)).reversed() }
    }
}
