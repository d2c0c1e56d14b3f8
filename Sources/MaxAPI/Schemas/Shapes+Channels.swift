/// The shapes of channels.
extension Shape {
    private static let kinds = Schema.list(
        .words("first_sync", "needs_attention", "expiring", "device_silent", "disk_low"), most: 5)
    private static let hosts = Schema.list(.text(atMost: 300), most: 20)

    static let webhook = Shape(
        "Webhook", "Where notices are posted to.",
        [
            .always("id", .text, "The unguessable name, for ever."),
            .always("url", .text, "The address."),
            .always("kinds", kinds, "The kinds that are posted; empty for all."),
            .always("allowedHosts", .list(.text), "Hosts that are allowed although their addresses are private."),
            .always("createdAt", .time, "When it was added."),
            .maybe("previousUntil", .time, "Until when the secret before the present one signs too."),
            .maybe("disabledAt", .time, "Since when it is out of use; absent while it is in use."),
            .maybe("reason", .text, "Why it is out of use, or why what waits was not taken yet; for people."),
        ])

    static let webhooks = Shape(
        "Webhooks", "Every webhook.", [.always("webhooks", .list(.shape(webhook)), "The oldest first.")])

    static let webhookSecret = Shape(
        "WebhookSecret", "A webhook with its secret, which is sent once.",
        [
            .always("webhook", .shape(webhook), "The webhook."),
            .always("secret", .text, "What messages are signed with: whsec_ and a key in base64."),
        ])

    static let webhookRequest = Shape(
        "WebhookRequest", "A webhook to add.",
        [
            .always("url", .text(atMost: 2_048), "The address, which begins with https://."),
            .maybe("kinds", kinds, "The kinds to post; all unless given."),
            .maybe("allowedHosts", hosts, "Hosts that are allowed although their addresses are private."),
        ])

    static let mail = Shape(
        "Mail", "The mailbox that notices go to.",
        [
            .always("server", .text, "The mail server, with its port where that is not 465."),
            .always("security", .words("tls", "starttls", "none"), "How the connection is encrypted."),
            .always("from", .text, "The address that mail comes from."),
            .always("to", .text, "The address that mail goes to."),
            .maybe("username", .text, "Whom Max signs in as."),
            .always("kinds", kinds, "The kinds that are mailed; empty for all."),
            .always("allowedHosts", .list(.text), "Hosts that are allowed although their addresses are private."),
            .maybe("disabledAt", .time, "Since when it is out of use; absent while it is in use."),
            .maybe("reason", .text, "Why it is out of use, or why what waits was not taken yet; for people."),
        ])

    static let mailStanding = Shape(
        "MailStanding", "Whether mail is set up, and how.",
        [.maybe("mail", .shape(mail), "Absent where none is set up.")])

    static let mailRequest = Shape(
        "MailRequest", "Mail to set up.",
        [
            .always("server", .text(atMost: 300), "The mail server, with its port where that is not 465."),
            .always("from", .text(atMost: 254), "The address that mail comes from."),
            .always("to", .text(atMost: 254), "The address that mail goes to."),
            .maybe("username", .text(atMost: 255), "Whom to sign in as; nobody unless given."),
            .maybe("password", .text(atMost: 1_024), "Left out, the one there is stays."),
            .maybe("kinds", kinds, "The kinds to mail; all unless given."),
            .maybe("allowedHosts", hosts, "Hosts that are allowed although their addresses are private."),
            .maybe("unencrypted", .boolean, "Whether to speak unencrypted, to a server on this machine alone."),
        ])
}
