internal import Foundation
internal import MaxConnector
internal import MaxHub
package import MaxNotices
package import MaxWire

extension Webhook {
    /// The same for programs.
    package var body: WebhookBody {
        WebhookBody(
            id: id.rawValue, url: settings.url.absoluteString, kinds: kinds.words, allowedHosts: settings.allowedHosts,
            createdAt: createdAt, previousUntil: settings.previousUntil, disabledAt: end?.at, reason: end?.sentence)
    }
}

extension MailChannel {
    /// The same for programs.
    package var body: MailBody {
        MailBody(
            server: settings.server, security: settings.security.rawValue, from: settings.from.description,
            to: settings.to.description, username: settings.user, kinds: kinds.words,
            allowedHosts: settings.allowedHosts, disabledAt: end?.at, reason: end?.sentence)
    }
}

extension Set<NoticeKind> {
    /// The kinds as they are sent, in their order.
    fileprivate var words: [String] { NoticeKind.allCases.filter(contains).map(\.rawValue) }
}
