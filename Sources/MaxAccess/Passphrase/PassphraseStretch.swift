internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import MaxCore
internal import MaxHub

/// The way from a passphrase to what is stored of it, slow on purpose: scrypt (RFC 7914) with a salt of its own.
struct PassphraseStretch: Sendable {
    /// The cost of what is stored from now on.
    let cost: PassphraseCost
    private let threads = StretchThreads()

    init(cost: PassphraseCost) { self.cost = cost }

    /// Makes what is stored of a passphrase.
    func make(from passphrase: SecretValue) async throws -> StretchedPassphrase {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        return StretchedPassphrase(salt: salt, hash: try await hash(passphrase, salt, cost), cost: cost)
    }

    /// Whether it is the passphrase that was stored; in time that does not depend on how much of it is right.
    func matches(_ passphrase: SecretValue, _ stored: StretchedPassphrase) async throws -> Bool {
        guard passphrase.withBytes({ $0.count }) <= PassphraseText.longest else { return false }
        let hash = try await hash(passphrase, stored.salt, stored.cost)
        return SecretValue(hash).matches(SecretValue(stored.hash))
    }

    private func hash(_ passphrase: SecretValue, _ salt: Data, _ cost: PassphraseCost) async throws -> Data {
        let bytes = PassphraseText.bytes(of: passphrase)
        return try await threads.run {
            try KDF.Scrypt.deriveKey(
                from: bytes, salt: salt, outputByteCount: 32, rounds: cost.rounds, blockSize: cost.blockSize,
                parallelism: cost.parallelism
            ).withUnsafeBytes { Data($0) }
        }
    }
}
