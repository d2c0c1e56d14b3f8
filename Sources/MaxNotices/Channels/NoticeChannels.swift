internal import Foundation
internal import MaxConnector
package import MaxCore
package import MaxHub

/// The ways on which notices leave the machine, as their owner sees to them.
package struct NoticeChannels: Sendable {
    let rows: any NoticeChannelRows
    let keeper: any SecretKeeper
    let upstreams: any UpstreamFactory
    let surroundings: Surroundings

    /// How many webhooks there may be.
    private static let mostWebhooks = 20
    /// How long the secret before the present one signs too, in seconds.
    static let overlap: TimeInterval = 86_400

    /// Creates a service over what is stored.
    package init(
        rows: any NoticeChannelRows, keeper: any SecretKeeper, upstreams: any UpstreamFactory,
        surroundings: Surroundings
    ) {
        self.rows = rows
        self.keeper = keeper
        self.upstreams = upstreams
        self.surroundings = surroundings
    }
}

extension NoticeChannels {
    /// Every webhook, the oldest first.
    package func webhooks() async throws -> [Webhook] { try await rows.noticeChannels().compactMap(Webhook.init) }

    /// A webhook.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found`.
    package func webhook(_ id: NoticeChannelID) async throws -> Webhook {
        guard let found = try await webhooks().first(where: { $0.id == id }) else {
            throw MaxError.webhookNotFound(id)
        }
        return found
    }

    /// Adds a webhook.
    ///
    /// - Returns: It, and the secret its receiver recognises messages by, which cannot be had again.
    /// - Throws: ``MaxCore/MaxError`` with code `private_address`, `webhooks_full` or `vault_locked`; ``MaxCore/Problem``
    ///   for an address that nobody may allow.
    package func addWebhook(
        _ settings: WebhookSettings, kinds: Set<NoticeKind>
    ) async throws -> (webhook: Webhook, secret: SecretValue) {
        guard try await webhooks().count < Self.mostWebhooks else {
            throw MaxError(
                .webhooksFull, "There are \(Self.mostWebhooks) webhooks, and no more are kept.",
                fix: "Remove one with max webhooks remove.")
        }
        try await refusingPrivate {
            let host = settings.url.host(percentEncoded: false) ?? ""
            try await upstreams.check(
                settings.url,
                on: UpstreamRoute(
                    name: "webhook", provider: host, hosts: [host], allowedPrivateHosts: Set(settings.allowedHosts)))
        }
        let webhook = Webhook(
            id: NoticeChannelID(in: surroundings), settings: settings, kinds: kinds, createdAt: surroundings.now())
        let secret = WebhookSecret.random()
        _ = try await put(webhook.channel(), replacing: nil, [(.secret, secret)])
        return (webhook, secret)
    }

    /// Replaces the secret of a webhook; for a day the one before signs too.
    ///
    /// - Returns: It, and the new secret, which cannot be had again.
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found` or `vault_locked`.
    package func rotateWebhook(_ id: NoticeChannelID) async throws -> (webhook: Webhook, secret: SecretValue) {
        let secret = WebhookSecret.random()
        while true {
            let earlier = try await rows.noticeChannels().first { $0.id == id }
            guard var webhook = earlier.flatMap(Webhook.init) else { throw MaxError.webhookNotFound(id) }
            var secrets = [(ChannelSecret.secret, secret)]
            if let present = try await read(.secret, of: id) {
                secrets.append((.previousSecret, present))
                webhook.settings.previousUntil = surroundings.now() + Self.overlap
            }
            if try await put(webhook.channel(), replacing: earlier, secrets) { return (webhook, secret) }
        }
    }

    /// Removes a webhook with its secrets and all that is on its way to it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found`.
    package func removeWebhook(_ id: NoticeChannelID) async throws {
        try await rows.deleteChannel(webhook(id).id)
    }

    /// Posts a test; when that arrives, the webhook is in use again, and what waits is tried at once.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found`, `private_address` or `vault_locked`;
    ///   ``MaxCore/Problem`` when it does not arrive.
    package func testWebhook(_ id: NoticeChannelID) async throws {
        let webhook = try await webhook(id)
        let now = surroundings.now()
        try await refusingPrivate {
            try await post(NoticePayload.test(at: now), as: NoticeMessageID(in: surroundings), to: webhook, at: now)
        }
        if let end = webhook.end { try await rows.enable(id, disabledAt: end.at) }
        try await rows.hurry(id, at: surroundings.now())
    }
}

extension NoticeChannels {
    /// The owner's mailbox; nil when none is set up.
    package func mail() async throws -> MailChannel? {
        try await rows.noticeChannels().compactMap(MailChannel.init).first
    }

    /// Sets mail up in place of what was.
    ///
    /// - Parameter password: Nil to keep the one there is.
    /// - Throws: ``MaxCore/MaxError`` with code `private_address`, `mail_password_missing` or `vault_locked`;
    ///   ``MaxCore/Problem`` for a server that nobody may allow.
    @discardableResult
    package func setMail(
        _ settings: MailSettings, kinds: Set<NoticeKind>, password: SecretValue?
    ) async throws -> MailChannel {
        let server = settings.mailServer
        try await refusingPrivate {
            try await upstreams.check(server.line, on: server.route(allowing: Set(settings.allowedHosts)))
        }
        while true {
            let earlier = try await rows.noticeChannels().first { $0.form == .mail }
            if settings.user != nil, password == nil {
                // A password goes to the server that it was given for, and to no other one.
                guard let mail = earlier.flatMap(MailChannel.init), mail.settings.host == settings.host,
                    mail.settings.user == settings.user, try await read(.password, of: mail.id) != nil
                else { throw MaxError.mailPasswordMissing }
            }
            let mail = MailChannel(
                id: earlier?.id ?? NoticeChannelID(in: surroundings), settings: settings, kinds: kinds,
                createdAt: earlier?.createdAt ?? surroundings.now())
            let secrets = password.map { [(ChannelSecret.password, $0)] } ?? []
            guard try await put(mail.channel(), replacing: earlier, secrets) else { continue }
            try await rows.hurry(mail.id, at: surroundings.now())
            return mail
        }
    }

    /// Removes mail with its password and all that is on its way.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `mail_missing`.
    package func removeMail() async throws { try await rows.deleteChannel(requireMail().id) }

    /// Hands in a test; when the server takes it, mail is in use again, and what waits is tried at once.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `mail_missing`, `private_address` or `vault_locked`; ``MaxCore/Problem``
    ///   when it is not taken.
    package func testMail() async throws {
        let mail = try await requireMail()
        try await refusingPrivate {
            try await send(
                NoticeLetter.test, as: NoticeMessageID(in: surroundings), through: mail, at: surroundings.now())
        }
        if let end = mail.end { try await rows.enable(mail.id, disabledAt: end.at) }
        try await rows.hurry(mail.id, at: surroundings.now())
    }

    private func requireMail() async throws -> MailChannel {
        guard let mail = try await mail() else {
            throw MaxError(.mailMissing, "No mail is set up.", fix: "Set it up with max mail set.")
        }
        return mail
    }
}

extension NoticeChannels {
    /// Runs work in which a private address that nobody allowed is the owner's to allow.
    private func refusingPrivate(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let refused as PrivateAddressRefused {
            throw MaxError(
                .privateAddress, refused.problem.sentence ?? "\(refused.host) is not a public address.",
                fix: "If it is yours, allow it with --allow-host \(refused.host); otherwise correct the address.")
        }
    }
}

extension MaxError.Code {
    /// A host is on this machine or a private network, and nobody allowed it.
    package static let privateAddress: Self = "private_address"
}

extension MaxError {
    fileprivate static func webhookNotFound(_ id: NoticeChannelID) -> MaxError {
        MaxError(
            .webhookNotFound, "There is no webhook \(id.rawValue.shown(atMost: 64).quoted).",
            fix: "List them with max webhooks.")
    }

    fileprivate static var mailPasswordMissing: MaxError {
        MaxError(
            .mailPasswordMissing, "A mail server that one signs in to wants a password.",
            fix: "Give it on the terminal, or with --password-stdin.")
    }
}
