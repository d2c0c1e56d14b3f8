internal import Foundation
internal import MaxHub
internal import MaxWire

/// The ways on which notices leave the machine, and forms to add to them.
struct NoticeSettingsPage: Page {
    static let template = "notice-settings"

    let frame: Frame
    let csrf: String
    let webhooks: [WebhookRow]
    let hasWebhooks: Bool
    let made: SecretPart?
    let hook: HookForm
    let mail: MailRow?
    let letter: MailForm

    /// What was typed and could not be taken, with what is wrong.
    struct Mistake: Sendable {
        var url = ""
        var hook: ProblemPart?
        var mail: MailRequestBody?
        var letter: ProblemPart?
    }

    init(
        webhooks: [WebhookBody], mail: MailBody?, made: SecretPart? = nil, mistake: Mistake = Mistake(),
        _ setting: PageSetting
    ) {
        csrf = setting.csrf
        self.webhooks = webhooks.map { WebhookRow($0, setting) }
        hasWebhooks = !webhooks.isEmpty
        self.made = made
        hook = HookForm(url: mistake.url, problem: mistake.hook)
        self.mail = mail.map { MailRow($0, setting) }
        letter = MailForm(mistake.mail, mail, problem: mistake.letter)
        frame = setting.frame("Where notices go", at: .notices)
    }
}

/// A secret on the one page that shows it.
struct SecretPart: Sendable {
    let origin: String
    let secret: String

    init(_ body: WebhookSecretBody) { (origin, secret) = (body.webhook.origin, body.secret) }
}

/// A webhook on the list.
struct WebhookRow: Sendable {
    let name: String
    let wish: String
    let standing: BadgePart
    let reason: String?
    let actions: [ActionPart]

    init(_ webhook: WebhookBody, _ setting: PageSetting) {
        name = webhook.origin
        let since = Phrase.age(setting.now.timeIntervalSince(webhook.createdAt))
        wish = "\(webhook.kinds.titles ?? "Every notice") · added \(since)"
        standing = webhook.disabledAt == nil ? BadgePart("In use", .good) : BadgePart("Out of use", .bad)
        reason = webhook.reason?.onPage
        let path = "/notices/settings/webhooks/\(webhook.id.escapedInPath)"
        actions = [("Send a test", "test"), ("New secret", "rotate"), ("Remove", "remove")].map { label, verb in
            ActionPart(label, post: PostPart(url: "\(path)/\(verb)", csrf: setting.csrf), .plain)
        }
    }
}

/// The form that adds a webhook.
struct HookForm: Sendable {
    let url: String
    let problem: ProblemPart?
}

/// The mailbox as it is set up.
struct MailRow: Sendable {
    let name: String
    let way: String
    let standing: BadgePart
    let reason: String?
    let actions: [ActionPart]

    init(_ mail: MailBody, _ setting: PageSetting) {
        name = mail.to
        way = "\(mail.kinds.titles ?? "Every notice") · through \(mail.server)"
        standing = mail.disabledAt == nil ? BadgePart("In use", .good) : BadgePart("Out of use", .bad)
        reason = mail.reason?.onPage
        actions = [("Send a test", "test"), ("Remove", "remove")].map { label, verb in
            ActionPart(label, post: PostPart(url: "/notices/settings/mail/\(verb)", csrf: setting.csrf), .plain)
        }
    }
}

/// The form that sets mail up, filled in with what is there; never with a password.
struct MailForm: Sendable {
    let server: String
    let from: String
    let to: String
    let username: String
    let held: Bool
    let problem: ProblemPart?

    init(_ typed: MailRequestBody?, _ mail: MailBody?, problem: ProblemPart?) {
        server = typed?.server ?? mail?.server ?? ""
        from = typed?.from ?? mail?.from ?? ""
        to = typed?.to ?? mail?.to ?? ""
        username = typed?.username ?? mail?.username ?? ""
        held = mail?.username != nil
        self.problem = problem
    }
}

extension [String] {
    /// Kinds of notices for people; nil for all of them.
    fileprivate var titles: String? {
        isEmpty ? nil : compactMap { NoticeKind(rawValue: $0)?.title }.joined(separator: ", ")
    }
}
