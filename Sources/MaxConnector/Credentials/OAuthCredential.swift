internal import Foundation
public import MaxCore

/// What a provider's token endpoint gave back (RFC 6749, section 5.1).
public struct OAuthTokens: Sendable {
    /// The short-lived token that requests carry.
    public let access: SecretValue
    /// A new refresh token, when the provider rotated it.
    public let refresh: SecretValue?
    /// For how long the access token is good.
    public let lifetime: Duration

    /// Creates a token answer.
    public init(access: SecretValue, refresh: SecretValue?, lifetime: Duration) {
        self.access = access
        self.refresh = refresh
        self.lifetime = lifetime
    }
}

extension Credential where Value == SecretValue {
    /// Makes a reference to a pair of a refresh token and the access tokens made from it.
    ///
    /// A handle resolves to an access token that is good for another minute at least. However many ask at the same
    /// time, the token is refreshed once; a rotated refresh token is stored before anyone sees the access token.
    ///
    /// - Parameters:
    ///   - refresh: The name the refresh token is stored under.
    ///   - access: The name the access token is stored under.
    ///   - expiresIn: The lifetime to assume for an access token that was stored without one.
    ///   - refreshing: Exchanges a refresh token at the provider.
    public static func oauth(
        refresh: String, access: String, label: String, expiresIn: Duration,
        refreshing: @escaping @Sendable (SecretValue) async throws -> OAuthTokens
    ) -> Credential {
        let pair = OAuthPair(
            refresh: refresh, access: access, label: label, assumedLifetime: expiresIn, exchange: refreshing)
        return Credential(name: refresh, label: label, pattern: nil, example: nil) { provider in
            CredentialHandle(name: refresh, label: label) {
                try await provider.refreshes.access(to: pair, in: provider)
            }
        }
    }
}

struct OAuthPair: Sendable {
    let refresh: String
    let access: String
    let label: String
    let assumedLifetime: Duration
    let exchange: @Sendable (SecretValue) async throws -> OAuthTokens

    var expiryKey: String { access + ".expires" }
}

/// The place where those who need one access token at the same time wait for one refresh.
actor RefreshDesk {
    private var underWay: [String: Task<SecretValue, any Error>] = [:]

    func access(to pair: OAuthPair, in provider: CredentialProvider) async throws -> SecretValue {
        if let fresh = try await pair.freshAccess(in: provider) { return fresh }
        if let refresh = underWay[pair.refresh] { return try await refresh.value }
        let refresh = Task { try await pair.refreshExclusively(in: provider) }
        underWay[pair.refresh] = refresh
        defer { underWay[pair.refresh] = nil }
        return try await refresh.value
    }
}

extension OAuthPair {
    /// The stored access token, when it is good for another minute.
    func freshAccess(in provider: CredentialProvider) async throws -> SecretValue? {
        guard let expiry = try await provider.store.get(expiryKey)?.withText({ Double($0) }),
            expiry - 60 > provider.now().timeIntervalSince1970
        else { return nil }
        return try await provider.store.get(access)
    }

    /// Refreshes unless another process just did.
    func refreshExclusively(in provider: CredentialProvider) async throws -> SecretValue {
        let store = provider.store
        return try await store.exclusively(refresh) {
            if let fresh = try await freshAccess(in: provider) { return fresh }
            let tokens = try await exchange(provider.stored(refresh, label: label))
            if let rotated = tokens.refresh { try await store.set(refresh, rotated) }
            let lifetime = tokens.lifetime > .zero ? tokens.lifetime : assumedLifetime
            let expiry = provider.now().timeIntervalSince1970 + Double(lifetime.components.seconds)
            try await store.set(access, tokens.access)
            try await store.set(expiryKey, SecretValue(String(expiry)))
            return tokens.access
        }
    }
}
