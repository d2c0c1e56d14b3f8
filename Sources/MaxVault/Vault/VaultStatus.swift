package import MaxHub

/// What there is to say about a vault without telling a secret.
package struct VaultStatus: Sendable, Hashable {
    /// Where the master key comes from, in words.
    package let source: String
    /// The id of the master key in use; nil while the vault is locked.
    package let currentKey: String?
    /// The ids of the keys before it that are still at hand.
    package let olderKeys: [String]
    /// How much each master key protects, by id.
    package let use: [KeyUse]
    /// Why nothing can be sealed now; nil when it can.
    package let lock: VaultLock?
    /// The connections whose secrets cannot be read.
    package let lockedConnections: [ConnectionID: VaultLock]

    /// What a master key protects.
    package struct KeyUse: Sendable, Hashable {
        /// The master key's id.
        package let key: String
        /// Whether it is at hand.
        package let isPresent: Bool
        /// How many data keys it wraps.
        package let dataKeys: Int
        /// How many secrets are sealed with those.
        package let secrets: Int
    }
}

extension Vault {
    /// Tells what there is.
    package func status() async throws -> VaultStatus {
        let lock = await lock()
        let ring = try? await cabinet.presentRing()
        return VaultStatus(
            source: source.name, currentKey: ring?.current.id, olderKeys: ring?.older.map(\.id) ?? [],
            use: try await use(of: ring), lock: lock, lockedConnections: try await locks())
    }

    private func use(of ring: KeyRing?) async throws -> [VaultStatus.KeyUse] {
        let dataKeys = try await rows.dataKeys()
        var secrets: [String: Int] = [:]
        for connection in Set(dataKeys.map(\.connection)) {
            for secret in try await rows.secrets(of: connection) { secrets[secret.dataKey, default: 0] += 1 }
        }
        return Dictionary(grouping: dataKeys, by: \.masterKey).sorted { $0.key < $1.key }.map { id, keys in
            VaultStatus.KeyUse(
                key: id, isPresent: ring?[id] != nil, dataKeys: keys.count,
                secrets: keys.reduce(0) { $0 + secrets[$1.id, default: 0] })
        }
    }
}
