internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import MaxCore

/// The sealing of a backup's parts: each for its place, and the last one as the last.
///
/// The key is of one file alone, since its salt is; so a part's number is a nonce that never comes again.
struct BackupSeal {
    private let key: SymmetricKey
    private let header: SHA256Digest

    /// How many bytes a sealed part has more than what it holds.
    static let overhead = 16

    /// Stretches the passphrase, which blocks for a moment on purpose.
    init(_ passphrase: SecretValue, _ header: BackupHeader, _ headerBytes: Data) throws {
        let bytes = passphrase.withText { Array($0.precomposedStringWithCanonicalMapping.utf8) }
        key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: header.salt, outputByteCount: 32, rounds: header.rounds, blockSize: 8, parallelism: 1)
        self.header = SHA256.hash(data: headerBytes)
    }

    /// Seals a part.
    func seal(_ part: Data, number: UInt64, isLast: Bool) throws -> Data {
        let box = try AES.GCM.seal(part, using: key, nonce: nonce(number), authenticating: place(isLast))
        return box.ciphertext + box.tag
    }

    /// Opens a part; nil when it is not the one of that place, or anything of it or of the header was altered.
    func open(_ sealed: Data, number: UInt64, isLast: Bool) -> Data? {
        guard sealed.count >= Self.overhead,
            let box = try? AES.GCM.SealedBox(
                nonce: nonce(number), ciphertext: sealed.dropLast(Self.overhead), tag: sealed.suffix(Self.overhead))
        else { return nil }
        return try? AES.GCM.open(box, using: key, authenticating: place(isLast))
    }

    private func nonce(_ number: UInt64) throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: [0, 0, 0, 0] + withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }

    private func place(_ isLast: Bool) -> [UInt8] { Array(header) + [isLast ? 1 : 0] }
}
