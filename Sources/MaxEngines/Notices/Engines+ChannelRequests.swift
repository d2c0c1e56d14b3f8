internal import Foundation
package import MaxCore
internal import MaxHub
internal import MaxNotices
package import MaxWire

// What the faces ask of channels, in the form in which it is asked.

extension Engines {
    /// Every webhook, the oldest first.
    package func webhooks() async throws -> [WebhookBody] {
        let (channels, troubles) = (try channels(), try await channels().troubles())
        return try await channels.webhooks().map { $0.body(troubles[$0.id]) }
    }

    /// How mail is set up; nil where it is not.
    package func mail() async throws -> MailBody? {
        let (channels, troubles) = (try channels(), try await channels().troubles())
        return try await channels.mail().map { $0.body(troubles[$0.id]) }
    }

    /// Adds a webhook.
    ///
    /// - Returns: It with its secret, which cannot be had again.
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_address_invalid`, `notice_kind_unknown`, `private_address`,
    ///   `webhooks_full` or `vault_locked`.
    package func addWebhook(_ request: WebhookRequestBody) async throws -> WebhookSecretBody {
        let settings = try WebhookSettings(request.url, allowing: request.allowedHosts ?? [])
        let (webhook, secret) = try await channels().addWebhook(settings, kinds: kinds(request.kinds))
        return WebhookSecretBody(webhook: webhook.body(), secret: secret.withText { $0 })
    }

    /// Replaces the secret of a webhook.
    ///
    /// - Returns: It with its new secret, which cannot be had again.
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found` or `vault_locked`.
    package func rotateWebhook(_ id: String) async throws -> WebhookSecretBody {
        let (webhook, secret) = try await channels().rotateWebhook(NoticeChannelID(rawValue: id))
        return WebhookSecretBody(webhook: webhook.body(), secret: secret.withText { $0 })
    }

    /// Sets mail up.
    ///
    /// - Parameter password: Nil to keep the one there is.
    /// - Throws: ``MaxCore/MaxError`` with code `mail_server_invalid`, `mail_address_invalid`, `mail_user_invalid`,
    ///   `private_address`, `mail_password_missing`, `notice_kind_unknown` or `vault_locked`.
    package func setMail(_ request: MailRequestBody, password: SecretValue?) async throws -> MailBody {
        let settings = try MailSettings(
            server: request.server, isOpen: request.unencrypted ?? false, from: request.from, to: request.to,
            user: request.username, allowing: request.allowedHosts ?? [])
        return try await channels().setMail(settings, kinds: kinds(request.kinds), password: password).body()
    }

    private func kinds(_ words: [String]?) throws -> Set<NoticeKind> { Set(try (words ?? []).map(NoticeKind.read)) }
}
