internal import MaxCore
internal import MaxHub

extension Webhook {
    /// Reads a stored channel; nil for one of another form.
    init?(_ channel: NoticeChannel) {
        guard channel.form == .webhook, let settings = channel.settings(as: WebhookSettings.self) else { return nil }
        self.init(
            id: channel.id, settings: settings, kinds: channel.kinds, createdAt: channel.createdAt, end: channel.end)
    }

    /// The channel as it is stored.
    func channel() throws -> NoticeChannel {
        NoticeChannel(
            id: id, form: .webhook, kinds: kinds, settings: try JSON(encoding: settings).object ?? [:],
            createdAt: createdAt, disabledAt: end?.at, said: end?.sentence)
    }
}

extension MailChannel {
    /// Reads a stored channel; nil for one of another form.
    init?(_ channel: NoticeChannel) {
        guard channel.form == .mail, let settings = channel.settings(as: MailSettings.self) else { return nil }
        self.init(
            id: channel.id, settings: settings, kinds: channel.kinds, createdAt: channel.createdAt, end: channel.end)
    }

    /// The channel as it is stored.
    func channel() throws -> NoticeChannel {
        NoticeChannel(
            id: id, form: .mail, kinds: kinds, settings: try JSON(encoding: settings).object ?? [:],
            createdAt: createdAt, disabledAt: end?.at, said: end?.sentence)
    }
}

extension NoticeChannel {
    fileprivate var end: ChannelEnd? { disabledAt.map { ChannelEnd(at: $0, sentence: said ?? "") } }

    fileprivate func settings<Settings: Decodable>(as type: Settings.Type) -> Settings? {
        try? JSON.object(settings).decode(type)
    }
}
