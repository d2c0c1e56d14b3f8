internal import Crypto
internal import Foundation
package import MaxCore
package import MaxHub

/// Seals a secret so that it opens in its place only: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits,
/// bound to version, connection, field and data key.
package enum SecretSeal {
    /// The version of the form of a ciphertext: nonce, ciphertext, tag.
    static let version = 1

    /// Seals a secret for a field of the key's connection.
    package static func seal(
        _ secret: SecretValue, field: String, stage: SecretStage, with key: DataKey
    ) throws -> SealedSecret {
        let place = place(field: field, of: key, version: version)
        let box = try secret.withBytes { try AES.GCM.seal($0, using: key.key, authenticating: place) }
        guard let ciphertext = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return SealedSecret(
            connection: key.connection, field: field, stage: stage, dataKey: key.id, version: version,
            ciphertext: ciphertext)
    }

    /// Opens a secret.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `secret_unreadable` when it was moved, altered or made by a newer
    ///   version.
    package static func open(_ sealed: SealedSecret, with key: DataKey) throws -> SecretValue {
        guard sealed.version == version else { throw MaxError.newerSecret(sealed.field) }
        guard sealed.connection == key.connection, sealed.dataKey == key.id,
            let box = try? AES.GCM.SealedBox(combined: sealed.ciphertext),
            let bytes = try? AES.GCM.open(
                box, using: key.key, authenticating: place(field: sealed.field, of: key, version: sealed.version))
        else { throw MaxError.unreadableSecret(sealed.field) }
        return SecretValue(bytes)
    }

    private static func place(field: String, of key: DataKey, version: Int) -> [UInt8] {
        SealPlace.bytes("max secret", version: version, key.connection.rawValue, field, key.id)
    }
}
