internal import MaxConnector
internal import MaxCore
internal import Synchronization

/// The secrets of a setup, with a memory of those that were handed to the connector: only they can come back.
final class WitnessedCredentials: CredentialStore {
    private let store: any CredentialStore
    private let handedOut = Mutex<[SecretValue]>([])

    init(_ store: any CredentialStore) { self.store = store }

    /// What the connector was given so far.
    var secrets: [SecretValue] { handedOut.withLock { $0 } }

    func get(_ key: String) async throws -> SecretValue? {
        guard let secret = try await store.get(key) else { return nil }
        handedOut.withLock { $0.append(secret) }
        return secret
    }

    func set(_ key: String, _ value: SecretValue) async throws {
        handedOut.withLock { $0.append(value) }
        try await store.set(key, value)
    }

    func has(_ key: String) async throws -> Bool { try await store.has(key) }
    func delete(_ key: String) async throws { try await store.delete(key) }
    func keys() async throws -> [String] { try await store.keys() }
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await store.exclusively(key, work)
    }
}
