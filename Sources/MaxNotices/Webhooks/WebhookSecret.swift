internal import Crypto
internal import Foundation
package import MaxCore

/// The secret a webhook is signed with, as its receiver gets it: `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks,
/// “Signature scheme”).
package enum WebhookSecret {
    private static let prefix = "whsec_"

    /// Makes a new one of 32 bytes.
    package static func random() -> SecretValue {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return SecretValue(prefix + bytes.base64EncodedString())
    }

    /// The key in a secret; nil for what is none.
    static func key(of secret: SecretValue) -> SymmetricKey? {
        let bytes = secret.withText { text in
            text.hasPrefix(prefix) ? Data(base64Encoded: String(text.dropFirst(prefix.count))) : nil
        }
        guard let bytes, (24...64).contains(bytes.count) else { return nil }
        return SymmetricKey(data: bytes)
    }
}
