internal import HTTPTypes
internal import Hummingbird
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxServer
internal import MaxWire

extension Console {
    func addChannels(to router: Router<ServerContext>) {
        router.get("/notices/settings") { request, context in
            html(try await settingsPage(setting(request, context)))
        }
        router.post("/notices/settings/webhooks") { request, context in try await addWebhook(request, context) }
        router.post("/notices/settings/webhooks/:id/rotate") { request, context in
            _ = try ownersForm(request, context)
            let made = try await engines.rotateWebhook(context.part("id"))
            return html(try await settingsPage(made: SecretPart(made), setting(request, context)))
        }
        router.post("/notices/settings/webhooks/:id/remove") { request, context in
            _ = try ownersForm(request, context)
            try await engines.channels().removeWebhook(NoticeChannelID(rawValue: context.part("id")))
            return seeOther("/notices/settings", .channelRemoved)
        }
        router.post("/notices/settings/webhooks/:id/test") { request, context in
            _ = try ownersForm(request, context)
            return try await test(request, context, allowedBy: .webhook) { problem in
                .init(hook: problem)
            } work: {
                try await engines.channels().testWebhook(NoticeChannelID(rawValue: context.part("id")))
            }
        }
        router.post("/notices/settings/mail") { request, context in try await setMail(request, context) }
        router.post("/notices/settings/mail/remove") { request, context in
            _ = try ownersForm(request, context)
            try await engines.channels().removeMail()
            return seeOther("/notices/settings", .channelRemoved)
        }
        router.post("/notices/settings/mail/test") { request, context in
            _ = try ownersForm(request, context)
            return try await test(request, context, allowedBy: .mail) { problem in
                .init(letter: problem)
            } work: {
                try await engines.channels().testMail()
            }
        }
        // Where a browser is after a page that answers a form, and loads it again.
        for path in ["webhooks", "webhooks/:id/rotate", "webhooks/:id/test", "mail", "mail/test"] {
            router.get("/notices/settings/\(path)") { _, _ in seeOther("/notices/settings") }
        }
    }

    private func settingsPage(
        made: SecretPart? = nil, mistake: NoticeSettingsPage.Mistake = .init(), _ setting: PageSetting
    ) async throws -> NoticeSettingsPage {
        NoticeSettingsPage(
            webhooks: try await engines.webhooks(), mail: try await engines.mail(), made: made,
            mistake: mistake, setting)
    }

    private func addWebhook(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let (setting, url) = (try await setting(request, context), form["url"] ?? "")
        do {
            let made = try await engines.addWebhook(WebhookRequestBody(url: url))
            return html(try await settingsPage(made: SecretPart(made), setting))
        } catch let error {
            let problem = ProblemPart(mendable: error, "The webhook was not added.", allowedBy: .webhook)
            guard let problem else { throw error }
            let mistake = NoticeSettingsPage.Mistake(url: url, hook: problem)
            return html(try await settingsPage(mistake: mistake, setting), .unprocessableContent)
        }
    }

    private func setMail(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let setting = try await setting(request, context)
        let channels = try engines.channels()
        let mail = try await channels.mail()
        let present = mail?.settings
        let server = form["server"] ?? ""
        // What the page does not ask stays as it was set elsewhere: the kinds always, and the rest for this server.
        let isSame = present?.server == server
        let asked = MailRequestBody(
            server: server, from: form["from"] ?? "", to: form["to"] ?? "", username: form["username"],
            kinds: mail?.kinds.map(\.rawValue), allowedHosts: isSame ? present?.allowedHosts : nil,
            unencrypted: isSame && present?.security == LineRequest.Security.none)
        do {
            let password = form["password"].flatMap { $0.isEmpty ? nil : SecretValue($0) }
            _ = try await engines.setMail(asked, password: password)
            return seeOther("/notices/settings", .mailSet)
        } catch let error {
            let problem = ProblemPart(mendable: error, "Nothing was changed.", allowedBy: .mail)
            guard let problem else { throw error }
            let mistake = NoticeSettingsPage.Mistake(mail: asked, letter: problem)
            return html(try await settingsPage(mistake: mistake, setting), .unprocessableContent)
        }
    }

    private func test(
        _ request: Request, _ context: ServerContext, allowedBy command: AllowingCommand,
        _ mistake: (ProblemPart) -> NoticeSettingsPage.Mistake, work: () async throws -> Void
    ) async throws -> Response {
        do {
            try await work()
            return seeOther("/notices/settings", .tested)
        } catch let error {
            let problem = ProblemPart(mendable: error, "Nothing was sent.", allowedBy: command)
            guard let problem else { throw error }
            return html(
                try await settingsPage(mistake: mistake(problem), setting(request, context)), .unprocessableContent)
        }
    }
}

/// The command that allows a private address, which no page does: whoever runs it is on the server’s machine.
private enum AllowingCommand: String {
    case webhook = "max webhooks add"
    case mail = "max mail set"
}

extension ProblemPart {
    /// What the owner mends on the page at hand; nil for what is none of theirs.
    ///
    /// - Parameter outcome: What became of what they asked for.
    fileprivate init?(mendable error: any Error, _ outcome: String, allowedBy command: AllowingCommand) {
        switch error {
        case let problem as Problem: self.init(problem)
        case let error as MaxError where Self.mendable.contains(error.code):
            self.init(error)
            switch error.code {
            case .privateAddress:
                let way = "\(command.rawValue) … --allow-host"
                action = "\(outcome) If the address is yours, allow it with \(way) on the server’s machine."
            case .mailPasswordMissing: action = "Enter the password."
            default: break
            }
        default: return nil
        }
    }

    private static let mendable: Set<MaxError.Code> = [
        .webhookAddressInvalid, .webhooksFull, .privateAddress, .mailServerInvalid, .mailAddressInvalid,
        .mailUserInvalid, .mailPasswordMissing,
    ]
}
