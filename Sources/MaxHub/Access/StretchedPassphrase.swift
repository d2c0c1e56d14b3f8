package import Foundation

/// What is stored of the owner's passphrase: its scrypt hash, with the salt and the cost it was made with.
package struct StretchedPassphrase: Sendable, Hashable {
    /// 128 random bits.
    package let salt: Data
    /// 256 bits.
    package let hash: Data
    package let cost: PassphraseCost

    package init(salt: Data, hash: Data, cost: PassphraseCost) {
        self.salt = salt
        self.hash = hash
        self.cost = cost
    }
}

extension StretchedPassphrase: CustomStringConvertible, CustomReflectable {
    package var description: String { "stretched passphrase" }
    package var customMirror: Mirror { Mirror(self, children: ["cost": cost]) }
}

/// How slow a guess is: the parameters of scrypt (RFC 7914, section 2).
package struct PassphraseCost: Sendable, Hashable {
    /// The cost N, a power of two; memory is 128 bytes × N × r.
    package let rounds: Int
    /// The block size r.
    package let blockSize: Int
    /// The parallelism p.
    package let parallelism: Int

    package init(rounds: Int, blockSize: Int = 8, parallelism: Int = 1) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// A tenth of a second and 32 MiB.
    package static let standard = PassphraseCost(rounds: 1 << 15)

    /// How much work a guess is, in blocks of 128 bytes.
    package var work: Int { rounds * blockSize * parallelism }
}
