internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxServer
internal import MaxWire

/// Channels: the ways on which notices leave the machine, for the owner alone.
enum ChannelRoutes {
    static let all = [
        webhooks, addWebhook, removeWebhook, rotateWebhook, testWebhook, mail, setMail, removeMail, testMail,
    ]

    private static let webhook = Parameter.path("webhook", "The webhook's id.")

    private static let webhooks = Route(
        method: .get, path: "/v1/webhooks", name: "listWebhooks", summary: "Every webhook, the oldest first.",
        admission: .owner, answer: .value(.shape(.webhooks))
    ) { call in try .value(WebhooksBody(await call.engines.webhooks())) }

    private static let addWebhook = Route(
        method: .post, path: "/v1/webhooks", name: "addWebhook",
        summary: "Has notices posted to an address. The secret in the answer cannot be had again.", admission: .owner,
        body: .json(.webhookRequest), answer: .value(.shape(.webhookSecret), status: .created)
    ) { call in
        let request = try call.body(as: WebhookRequestBody.self)
        return try .value(await call.engines.addWebhook(request), status: .created)
    }

    private static let removeWebhook = Route(
        method: .delete, path: "/v1/webhooks/{webhook}", name: "removeWebhook",
        summary: "Removes a webhook and all that is on its way to it.", admission: .owner, parameters: [webhook],
        answer: .nothing
    ) { call in
        try await call.engines.channels().removeWebhook(NoticeChannelID(rawValue: call.text(webhook)))
        return .nothing
    }

    private static let rotateWebhook = Route(
        method: .post, path: "/v1/webhooks/{webhook}/rotate", name: "rotateWebhook",
        summary: "Gives a webhook a new secret; for a day the one before signs too.", admission: .owner,
        parameters: [webhook], answer: .value(.shape(.webhookSecret))
    ) { call in try .value(await call.engines.rotateWebhook(call.text(webhook))) }

    private static let testWebhook = Route(
        method: .post, path: "/v1/webhooks/{webhook}/test", name: "testWebhook",
        summary: "Posts a test; a webhook that was out of use is in use again when it arrives.", admission: .owner,
        parameters: [webhook], answer: .nothing
    ) { call in
        try await call.engines.channels().testWebhook(NoticeChannelID(rawValue: call.text(webhook)))
        return .nothing
    }

    private static let mail = Route(
        method: .get, path: "/v1/mail", name: "getMail", summary: "Whether mail is set up, and how.",
        admission: .owner, answer: .value(.shape(.mailStanding))
    ) { call in try .value(MailStandingBody(await call.engines.mail())) }

    private static let setMail = Route(
        method: .put, path: "/v1/mail", name: "setMail",
        summary: "Has notices mailed through the owner's mail server.", admission: .owner, body: .json(.mailRequest),
        answer: .value(.shape(.mailStanding))
    ) { call in
        let password = call.body["password"]?.string.flatMap { $0.isEmpty ? nil : SecretValue($0) }
        let mail = try await call.engines.setMail(call.body(as: MailRequestBody.self), password: password)
        return try .value(MailStandingBody(mail))
    }

    private static let removeMail = Route(
        method: .delete, path: "/v1/mail", name: "removeMail",
        summary: "Has nothing mailed any more, and deletes the password.", admission: .owner, answer: .nothing
    ) { call in
        try await call.engines.channels().removeMail()
        return .nothing
    }

    private static let testMail = Route(
        method: .post, path: "/v1/mail/test", name: "testMail",
        summary: "Mails a test; mail that was out of use is in use again when the server takes it.",
        admission: .owner, answer: .nothing
    ) { call in
        try await call.engines.channels().testMail()
        return .nothing
    }
}
