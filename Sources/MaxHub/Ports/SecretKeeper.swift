package import MaxConnector
package import MaxCore

/// The vault, as the engines beside it and the surfaces see it.
package protocol SecretKeeper: Sendable {
    /// Seals a secret for its place; the caller stores it with whatever belongs in the same transaction.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `vault_locked` when there is no key to seal with.
    func seal(_ secret: SecretValue, field: String, for connection: ConnectionID) async throws -> FreshlySealed

    /// The secrets of a connection, read just in time; staged ones come before those in force when asked for.
    func credentials(of connection: ConnectionID, staged: Bool, purpose: String) -> any CredentialStore

    /// A hash of an answer that tells nothing about it without the master key.
    func fingerprint(_ bytes: [UInt8]) async throws -> String

    /// Why secrets cannot be sealed now; nil when they can.
    func lock() async -> VaultLock?
}

/// Why a vault or a connection is locked.
package struct VaultLock: Sendable, Hashable {
    /// The ids of the master keys that are missing; empty when no key is configured at all.
    package let missingKeys: [String]
    /// The owner's sentence, such as “locked: key 3f9a2c1d is missing”.
    package let sentence: String
    /// What to do about it.
    package let fix: String

    /// The sentence where it is said already that something is locked.
    var cause: String { String(sentence.trimmingPrefix("locked: ")) }

    package init(missingKeys: [String], sentence: String, fix: String) {
        self.missingKeys = missingKeys
        self.sentence = sentence
        self.fix = fix
    }
}
