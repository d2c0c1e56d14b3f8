internal import Foundation
internal import MaxConnector
internal import MaxHub
internal import MaxNotices
internal import MaxWire

extension Webhook {
    /// The same for programs.
    ///
    /// - Parameter trouble: Why what waits was not taken yet.
    func body(_ trouble: String? = nil) -> WebhookBody {
        WebhookBody(
            id: id.rawValue, url: settings.url.absoluteString, kinds: kinds.words, allowedHosts: settings.allowedHosts,
            createdAt: createdAt, previousUntil: settings.previousUntil, disabledAt: end?.at,
            reason: end?.sentence ?? trouble)
    }
}

extension MailChannel {
    /// The same for programs.
    ///
    /// - Parameter trouble: Why what waits was not taken yet.
    func body(_ trouble: String? = nil) -> MailBody {
        MailBody(
            server: settings.server, security: settings.security.rawValue, from: settings.from.description,
            to: settings.to.description, username: settings.user, kinds: kinds.words,
            allowedHosts: settings.allowedHosts, disabledAt: end?.at, reason: end?.sentence ?? trouble)
    }
}

extension Set<NoticeKind> {
    /// The kinds as they are sent, in their order.
    fileprivate var words: [String] { NoticeKind.allCases.filter(contains).map(\.rawValue) }
}
