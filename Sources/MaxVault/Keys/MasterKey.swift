internal import Crypto
internal import Foundation

/// A key that wraps data keys; 256 bits that never leave the process but for the vault's own key file.
struct MasterKey: Sendable {
    /// The first eight hexadecimal digits of a hash of the key: enough to name it, nothing to guess it by.
    let id: String
    let key: SymmetricKey
    /// A key for ``Vault/fingerprint(_:)``, derived from this one.
    let fingerprintKey: SymmetricKey
    /// The hash of the passphrase it was stretched from, so that the same one is not stretched twice.
    let passphraseDigest: SHA256Digest?

    init(_ bytes: [UInt8], passphraseDigest: SHA256Digest? = nil) {
        id = SHA256.hash(data: Array("max master key id".utf8) + bytes).prefix(4).hex
        key = SymmetricKey(data: bytes)
        fingerprintKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("max fingerprint v1".utf8), outputByteCount: 32)
        self.passphraseDigest = passphraseDigest
    }

    /// Makes a new one from the system's random numbers.
    static func random() -> MasterKey {
        MasterKey(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    /// The form in which a key file holds it.
    var text: String { key.withUnsafeBytes { Data($0).base64EncodedString() } }
}

extension MasterKey: CustomStringConvertible, CustomReflectable {
    var description: String { "master key \(id)" }
    var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension Sequence<UInt8> {
    /// The bytes as hexadecimal digits, two for each.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
