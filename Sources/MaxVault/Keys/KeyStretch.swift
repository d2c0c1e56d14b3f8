internal import Crypto
internal import CryptoExtras
internal import Foundation

/// The way from a passphrase to a key, slow on purpose: scrypt (RFC 7914) with r = 8 and p = 1.
///
/// The salt is the application's: there is one master key for a project, and nowhere to keep a salt before it is open.
package struct KeyStretch: Sendable {
    let key: @Sendable (_ passphrase: [UInt8]) throws -> [UInt8]

    init(_ key: @escaping @Sendable (_ passphrase: [UInt8]) throws -> [UInt8]) { self.key = key }

    /// Creates one of a given cost.
    ///
    /// - Parameter rounds: The cost N, a power of two; memory is 1 KiB times that.
    package init(rounds: Int) {
        self.init { passphrase in
            try KDF.Scrypt.deriveKey(
                from: passphrase, salt: Array("max vault master key v1".utf8), outputByteCount: 32, rounds: rounds,
                blockSize: 8, parallelism: 1
            ).withUnsafeBytes { Array($0) }
        }
    }

    /// A tenth of a second and 32 MiB.
    package static let standard = KeyStretch(rounds: 1 << 15)
}
