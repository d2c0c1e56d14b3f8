internal import Crypto
package import Foundation
package import MaxCore

/// What a receiver recognises a webhook by (Standard Webhooks).
package enum WebhookSignature {
    /// The headers of a message: its id, the time at which it is sent, and a signature for each secret.
    ///
    /// While a secret is being replaced there are two, and a receiver that knows either believes the message.
    ///
    /// - Parameters:
    ///   - id: What a receiver knows a repetition by; it holds no full stop.
    ///   - time: When it is sent, which is signed too so that nobody can send it again later.
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_secret_unreadable` for a secret that is none, or without any.
    package static func headers(
        id: String, at time: Date, _ body: Data, with secrets: [SecretValue]
    ) throws -> [(name: String, value: String)] {
        guard !secrets.isEmpty else { throw MaxError.webhookSecretUnreadable }
        let timestamp = Int(time.timeIntervalSince1970.rounded(.down))
        let signed = Data("\(id).\(timestamp).".utf8) + body
        let signatures = try secrets.map { secret in
            guard let key = WebhookSecret.key(of: secret) else { throw MaxError.webhookSecretUnreadable }
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
            return "v1,\(Data(code).base64EncodedString())"
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}

extension MaxError {
    fileprivate static var webhookSecretUnreadable: MaxError {
        MaxError(
            "webhook_secret_unreadable", "The secret of a webhook is not one that can be signed with.",
            fix: "Make another with max webhooks rotate.")
    }
}
