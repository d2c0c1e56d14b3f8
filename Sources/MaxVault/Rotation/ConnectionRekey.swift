internal import MaxCore
internal import MaxHub

/// The replacing of one connection's data keys by a new one.
struct ConnectionRekey {
    /// How often it starts again because its secrets changed meanwhile.
    static let mostTries = 20

    let vault: Vault
    let ring: KeyRing
    let connection: ConnectionID

    /// How it ended.
    enum Outcome {
        case done(secrets: Int)
        case skipped(String)
        case gone
    }

    func run() async throws -> Outcome {
        for _ in 0..<Self.mostTries {
            guard try await vault.rows.newestDataKey(of: connection) != nil else { return .gone }
            let old = try await vault.rows.secrets(of: connection)
            switch try await keys(of: old) {
            case .changed: continue
            case .missing(let ids): return .skipped(VaultLock.missing(ids, from: vault.source).sentence)
            case .found(let keys):
                do {
                    if try await replace(old, openedWith: keys) { return .done(secrets: old.count) }
                } catch let error as MaxError where error.code == .secretUnreadable {
                    return .skipped(error.message)
                }
            }
        }
        throw MaxError(
            .rotationBusy, "The keys could not be replaced: the secrets of a connection changed again and again.",
            fix: "Run `max vault rotate` again; it goes on where it stopped.")
    }

    private enum Keys {
        case found([String: DataKey])
        case missing(Set<String>)
        case changed
    }

    private func keys(of secrets: [SealedSecret]) async throws -> Keys {
        var keys: [String: DataKey] = [:]
        var missing: Set<String> = []
        for id in Set(secrets.map(\.dataKey)) {
            guard let wrapped = try await vault.rows.dataKey(id) else { return .changed }
            if let master = ring[wrapped.masterKey], let key = DataKey(opening: wrapped, with: master) {
                keys[id] = key
            } else {
                missing.insert(wrapped.masterKey)
            }
        }
        return missing.isEmpty ? .found(keys) : .missing(missing)
    }

    /// - Returns: False when the secrets are no longer those that were read.
    private func replace(_ old: [SealedSecret], openedWith keys: [String: DataKey]) async throws -> Bool {
        let key = DataKey.random(for: connection, in: vault.surroundings)
        let new = try old.map { sealed in
            guard let known = keys[sealed.dataKey] else { throw MaxError.unreadableSecret(sealed.field) }
            let secret = try SecretSeal.open(sealed, with: known)
            return try SecretSeal.seal(secret, field: sealed.field, stage: sealed.stage, with: key)
        }
        let wrapped = try key.wrapped(by: ring.current, at: vault.surroundings.now())
        try await vault.audit.writeRotation(of: connection, secrets: old.count)
        return try await vault.rows.rekey(connection, to: wrapped, from: old, new)
    }
}
