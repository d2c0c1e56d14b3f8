internal import Crypto
package import MaxConnector
package import MaxCore
package import MaxHub

/// The secrets of all connections: sealed each under its connection's data key, those wrapped by the master key.
///
/// Nothing is read or derived before the first secret is needed; a key that is missing locks what needs it and nothing
/// else.
package struct Vault: SecretKeeper {
    let source: MasterKeySource
    let rows: any SecretRows
    let surroundings: Surroundings
    let cabinet: KeyCabinet
    let audit: AuditBook
    let keyFile: VaultKeyFile?

    /// Creates a vault over its rows; makes no key and reads none.
    package init(
        source: MasterKeySource, rows: any SecretRows, surroundings: Surroundings, stretch: KeyStretch = .standard
    ) {
        self.init(
            source: source, rows: rows, surroundings: surroundings, stretch: stretch, keyFile: source.ownFile)
    }

    init(
        source: MasterKeySource, rows: any SecretRows, surroundings: Surroundings, stretch: KeyStretch,
        keyFile: VaultKeyFile?
    ) {
        self.source = source
        self.rows = rows
        self.surroundings = surroundings
        self.keyFile = keyFile
        let reader = KeyRingReader(source: source, stretch: stretch)
        cabinet = KeyCabinet(reader: reader, rows: rows, surroundings: surroundings)
        audit = AuditBook(rows: rows, surroundings: surroundings)
    }

    package func seal(
        _ secret: SecretValue, field: String, for connection: ConnectionID
    ) async throws -> FreshlySealed {
        try await seal(secret, stage: .staged, SecretAccess(connection: connection, field: field, purpose: "setup"))
    }

    package func credentials(of connection: ConnectionID, staged: Bool, purpose: String) -> any CredentialStore {
        VaultCredentials(vault: self, connection: connection, staged: staged, purpose: purpose)
    }

    package func fingerprint(_ bytes: [UInt8]) async throws -> String {
        let ring = try await unlocked(nil) { try await cabinet.presentRing() }
        return HMAC<SHA256>.authenticationCode(for: bytes, using: ring.current.fingerprintKey).hex
    }

    /// Writes the part of the audit that is only counted so far; called at the end of every command.
    package func flush() async throws { try await audit.flush() }
}

extension Vault {
    /// Seals a secret, to be stored with the line of the audit that tells of it.
    func seal(_ secret: SecretValue, stage: SecretStage, _ access: SecretAccess) async throws -> FreshlySealed {
        let (key, new) = try await unlocked(access) { try await cabinet.sealingKey(of: access.connection) }
        let sealed = try SecretSeal.seal(secret, field: access.field, stage: stage, with: key)
        return FreshlySealed(secret: sealed, newKey: new, line: audit.line(.seal, access))
    }

    /// Runs what needs keys; a lock is written down as a refused access and thrown as the owner's sentence.
    func unlocked<Result>(_ access: SecretAccess?, _ work: () async throws -> Result) async throws -> Result {
        let lock: VaultLock
        do {
            return try await work()
        } catch let fault as KeyRingFault {
            lock = await self.lock(for: fault)
        } catch let missing as MissingKey {
            lock = .missing([missing.id], from: source)
        }
        if let access { try await audit.write(.refuse, access) }
        throw MaxError.locked(lock)
    }
}
