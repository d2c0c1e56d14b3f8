package import MaxConnector
package import MaxCore
internal import Synchronization

/// The secrets of a connection, with a memory of those that were handed to the connector: only they can come back.
package final class WitnessedCredentials: CredentialStore {
    private let store: any CredentialStore
    private let handedOut = Mutex<[SecretValue]>([])

    /// Creates the witness of a store.
    package init(_ store: any CredentialStore) { self.store = store }

    /// What the connector was given so far, by which an echo of it is known.
    package var echo: SecretEcho { SecretEcho(handedOut.withLock { $0 }) }

    private func remember(_ secret: SecretValue) {
        handedOut.withLock { known in
            if !known.contains(where: { $0.matches(secret) }) { known.append(secret) }
        }
    }

    package func get(_ key: String) async throws -> SecretValue? {
        guard let secret = try await store.get(key) else { return nil }
        remember(secret)
        return secret
    }

    package func set(_ key: String, _ value: SecretValue) async throws {
        remember(value)
        try await store.set(key, value)
    }

    package func has(_ key: String) async throws -> Bool { try await store.has(key) }
    package func delete(_ key: String) async throws { try await store.delete(key) }
    package func keys() async throws -> [String] { try await store.keys() }
    package func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await store.exclusively(key, work)
    }
}
