public import Foundation
public import MaxCore

/// The secrets of one connection, kept by the platform.
public protocol CredentialStore: Sendable {
    /// The secret of that name; nil when there is none.
    func get(_ key: String) async throws -> SecretValue?
    /// Stores a secret in place of an earlier one; durable when it returns.
    func set(_ key: String, _ value: SecretValue) async throws
    /// Whether there is a secret of that name.
    func has(_ key: String) async throws -> Bool
    /// Removes the secret of that name, if there is one.
    func delete(_ key: String) async throws
    /// The names of the secrets, sorted.
    func keys() async throws -> [String]
    /// Runs `work` while no other reader on this machine, in this process or another, runs one under the same key.
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result
}

/// Typed access to the secrets of one connection.
public struct CredentialProvider: Sendable {
    let store: any CredentialStore
    let now: @Sendable () -> Date
    let refreshes = RefreshDesk()

    /// Creates a provider over a connection's secrets; `now` tells the time by which tokens expire.
    public init(_ store: any CredentialStore, now: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.now = now
    }

    /// A handle that reads the vault each time it is resolved.
    public func get<Value>(_ credential: Credential<Value>) -> CredentialHandle<Value> { credential.resolve(self) }

    func stored(_ name: String, label: String) async throws -> SecretValue {
        guard let secret = try await store.get(name) else {
            throw Problem("credential_missing", .auth, "The \(label) is missing.", field: name, rung: .signIn)
        }
        return secret
    }
}

/// A secret that is read when it is needed and not before.
public struct CredentialHandle<Value: Sendable>: Sendable {
    /// The name of the secret.
    public let name: String
    /// What people call it.
    public let label: String
    private let read: @Sendable () async throws -> Value

    /// Creates a handle from the way to read its value.
    public init(name: String, label: String, read: @escaping @Sendable () async throws -> Value) {
        self.name = name
        self.label = label
        self.read = read
    }

    /// Reads the secret now.
    ///
    /// - Throws: ``MaxCore/Problem`` of kind `auth` when there is none.
    public func get() async throws -> Value { try await read() }
}
