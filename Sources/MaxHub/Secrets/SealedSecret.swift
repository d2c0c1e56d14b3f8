package import Foundation

/// A secret as it is stored: readable only with its data key, in its place.
package struct SealedSecret: Sendable, Hashable {
    package let connection: ConnectionID
    /// The credential's name.
    package let field: String
    /// Whether it is in force or waits in a setup.
    package var stage: SecretStage
    /// The data key it is sealed with.
    package let dataKey: String
    /// The version of the form of ``ciphertext``.
    package let version: Int
    /// Nonce, ciphertext and tag of AES-256-GCM.
    package let ciphertext: Data

    package init(
        connection: ConnectionID, field: String, stage: SecretStage, dataKey: String, version: Int, ciphertext: Data
    ) {
        self.connection = connection
        self.field = field
        self.stage = stage
        self.dataKey = dataKey
        self.version = version
        self.ciphertext = ciphertext
    }
}

/// Whether a secret is in force.
package enum SecretStage: String, Sendable, Hashable, Codable {
    /// Given in a setup that is not finished; the one in force is untouched.
    case staged
    /// In force.
    case active
}

/// A connection's data key, wrapped by the master key.
package struct WrappedDataKey: Sendable, Hashable {
    package let id: String
    package let connection: ConnectionID
    /// The master key that opens it.
    package let masterKey: String
    /// Nonce, ciphertext and tag of AES-256-GCM.
    package let wrapped: Data
    package let createdAt: Date

    package init(id: String, connection: ConnectionID, masterKey: String, wrapped: Data, createdAt: Date) {
        self.id = id
        self.connection = connection
        self.masterKey = masterKey
        self.wrapped = wrapped
        self.createdAt = createdAt
    }
}

/// A secret sealed for storing, with the data key it needs when that key is new, and the line of the audit that tells of it.
package struct FreshlySealed: Sendable, Hashable {
    package var secret: SealedSecret
    package let newKey: WrappedDataKey?
    /// What the audit tells of the sealing; stored with the secret, in one transaction.
    package let line: AuditEntry?

    package init(secret: SealedSecret, newKey: WrappedDataKey?, line: AuditEntry? = nil) {
        self.secret = secret
        self.newKey = newKey
        self.line = line
    }
}
