internal import Crypto
internal import Foundation
internal import MaxCore
internal import MaxHub

extension BearerToken {
    /// Makes a new one of 256 bits from the system's random numbers.
    static func random() -> Self { Self(SymmetricKey(size: .bits256)) }

    /// Writes 256 bits as a token.
    init(_ bits: some ContiguousBytes) {
        self.init(secret: SecretValue(Self.prefix + bits.withUnsafeBytes { Data($0) }.base64URL))
    }

    /// What is stored in its place.
    var digest: TokenDigest {
        TokenDigest(rawValue: secret.withBytes { Data(SHA256.hash(data: $0)).base64URL })
    }

    /// The token as a key to derive others from.
    var key: SymmetricKey { secret.withBytes { SymmetricKey(data: $0) } }
}
