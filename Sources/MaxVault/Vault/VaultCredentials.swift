internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The secrets of one connection, for one purpose.
struct VaultCredentials: CredentialStore {
    let vault: Vault
    let connection: ConnectionID
    /// Whether a setup is under way: its secrets come first, and those in force stay as they are.
    let staged: Bool
    let purpose: String

    private var stages: [SecretStage] { staged ? [.staged, .active] : [.active] }

    func get(_ key: String) async throws -> SecretValue? {
        try await vault.open(access(key), stages: stages)
    }

    func set(_ key: String, _ value: SecretValue) async throws {
        try await vault.store(value, access(key), stage: staged ? .staged : .active)
    }

    func has(_ key: String) async throws -> Bool {
        for stage in stages where try await vault.rows.secret(key, of: connection, stage: stage) != nil { return true }
        return false
    }

    func delete(_ key: String) async throws {
        guard !staged else {
            throw MaxError(.secretInSetup, "The secret \(key) cannot be removed while its setup is under way.")
        }
        try await vault.rows.deleteSecret(key, of: connection)
        try await vault.audit.write(.delete, access(key))
    }

    func keys() async throws -> [String] {
        let secrets = try await vault.rows.secrets(of: connection).filter { stages.contains($0.stage) }
        return Set(secrets.map(\.field)).sorted()
    }

    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await vault.rows.exclusively("secret/\(connection.rawValue)/\(key)", work)
    }

    private func access(_ key: String) -> SecretAccess {
        SecretAccess(connection: connection, field: key, purpose: purpose)
    }
}
