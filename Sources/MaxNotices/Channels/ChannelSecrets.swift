internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The secrets that channels have.
enum ChannelSecret: String {
    /// What webhooks are signed with.
    case secret
    /// What they were signed with before.
    case previousSecret = "previous_secret"
    /// The password for the mail server.
    case password
}

// A channel's secrets lie in the vault as a connection's do, under its own id: one rotation, one backup and one audit see
// to all of them.

extension NoticeChannels {
    /// How often a secret is sealed again because its key was replaced at that moment.
    private static let mostTries = 5

    /// Stores a channel with new secrets.
    ///
    /// - Parameter earlier: The channel as it was read; nil for a new one.
    /// - Returns: Whether it is stored; if not, what it was to replace is not what there is any more.
    func put(
        _ channel: NoticeChannel, replacing earlier: NoticeChannel?, _ secrets: [(ChannelSecret, SecretValue)]
    ) async throws -> Bool {
        for attempt in 1... {
            var sealed: [FreshlySealed] = []
            for (name, secret) in secrets {
                sealed.append(try await keeper.seal(secret, field: name.rawValue, for: channel.id.inVault))
            }
            do {
                return try await rows.put(channel, replacing: earlier, secrets: sealed)
            } catch let error as MaxError
                where error.code == .dataKeyGone && attempt < Self.mostTries
            {
                continue
            }
        }
        return false
    }

    /// Reads a secret; nil where there is none.
    func read(_ name: ChannelSecret, of id: NoticeChannelID) async throws -> SecretValue? {
        try await keeper.credentials(of: id.inVault, staged: false, purpose: "notices").get(name.rawValue)
    }

    /// Posts a body, signed, to a webhook.
    func post(_ body: Data, as message: NoticeMessageID, to webhook: Webhook, at now: Date) async throws {
        var secrets = [try await read(.secret, of: webhook.id)]
        if let end = webhook.settings.previousUntil, now < end {
            secrets.append(try await read(.previousSecret, of: webhook.id))
        }
        let headers = try WebhookSignature.headers(
            id: message.rawValue, at: now, body, with: secrets.compactMap(\.self))
        let settings = webhook.settings
        try await WebhookSending(upstreams: upstreams, url: settings.url, allowedHosts: Set(settings.allowedHosts))
            .post(body, signed: headers)
    }

    /// Hands a letter in for the owner's mailbox.
    func send(_ letter: NoticeLetter, as message: NoticeMessageID, through mail: MailChannel, at now: Date) async throws
    {
        let settings = mail.settings
        let sending = MailSending(
            upstreams: upstreams, server: settings.mailServer, password: password(of: mail),
            allowedHosts: Set(settings.allowedHosts))
        try await sending.send(
            MailMessage(
                from: settings.from, to: settings.to, subject: letter.subject, text: letter.text, date: now,
                id: message.rawValue))
    }

    /// The password of the server that mail goes through, for as long as it does.
    private func password(of mail: MailChannel) -> CredentialHandle<SecretValue> {
        CredentialHandle(name: ChannelSecret.password.rawValue, label: "Password") {
            let (password, server) = (try await read(.password, of: mail.id), mail.settings.mailServer)
            // The settings are read after the password: one that was stored with others since then is not sent.
            let present = try await self.mail()
            if let present, present.settings.mailServer != server { throw Problem.mailChanged(server.host) }
            guard let password else {
                throw Problem("credential_missing", .auth, "The password for \(server.host) is missing.")
            }
            return password
        }
    }
}

extension NoticeChannelID {
    /// The name under which the vault keeps its secrets.
    fileprivate var inVault: ConnectionID { ConnectionID(rawValue: rawValue) }
}
