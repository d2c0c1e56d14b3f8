package import Foundation

/// A webhook as it is sent; its secret never is.
package struct WebhookBody: Codable, Sendable, Hashable {
    package let id: String
    /// Where notices are posted to.
    package let url: String
    /// The kinds that are posted; empty for all.
    package let kinds: [String]
    /// Hosts on this machine or a private network that the owner allowed.
    package let allowedHosts: [String]
    package let createdAt: Date
    /// Until when the secret before the present one signs too.
    package let previousUntil: Date?
    /// Since when it is out of use; absent while it is in use.
    package let disabledAt: Date?
    /// Why it is out of use, or why what waits was not taken yet, for people; absent where all is well.
    package let reason: String?

    package init(
        id: String, url: String, kinds: [String], allowedHosts: [String], createdAt: Date, previousUntil: Date?,
        disabledAt: Date?, reason: String?
    ) {
        (self.id, self.url, self.kinds, self.allowedHosts) = (id, url, kinds, allowedHosts)
        (self.createdAt, self.previousUntil) = (createdAt, previousUntil)
        (self.disabledAt, self.reason) = (disabledAt, reason)
    }
}

extension WebhookBody {
    /// Its address without what may be a secret in it: the scheme, the host and the port.
    package var origin: String {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host else {
            return ""
        }
        return "\(scheme)://\(host)\(parts.port.map { ":\($0)" } ?? "")"
    }
}

/// A webhook with its secret, as it is sent once: when the secret is made.
package struct WebhookSecretBody: Codable, Sendable, Hashable {
    package let webhook: WebhookBody
    /// What its receiver recognises messages by: `whsec_` and a key in base64.
    package let secret: String

    package init(webhook: WebhookBody, secret: String) {
        (self.webhook, self.secret) = (webhook, secret)
    }
}

/// Every webhook, as it is sent.
package struct WebhooksBody: Codable, Sendable, Hashable {
    package let webhooks: [WebhookBody]

    package init(_ webhooks: [WebhookBody]) { self.webhooks = webhooks }
}

/// A webhook as it is asked for.
package struct WebhookRequestBody: Codable, Sendable, Hashable {
    package var url: String
    /// The kinds to post; all unless given.
    package var kinds: [String]?
    /// Hosts that are allowed although their addresses are private.
    package var allowedHosts: [String]?

    package init(url: String, kinds: [String]? = nil, allowedHosts: [String]? = nil) {
        (self.url, self.kinds, self.allowedHosts) = (url, kinds, allowedHosts)
    }
}

/// The owner's mailbox as it is sent; the password never is.
package struct MailBody: Codable, Sendable, Hashable {
    /// The mail server, with its port where that is not 465.
    package let server: String
    /// `tls`, `starttls` or `none`.
    package let security: String
    package let from: String
    package let to: String
    /// Whom Max signs in as.
    package let username: String?
    /// The kinds that are mailed; empty for all.
    package let kinds: [String]
    /// Hosts on this machine or a private network that the owner allowed.
    package let allowedHosts: [String]
    /// Since when it is out of use; absent while it is in use.
    package let disabledAt: Date?
    /// Why it is out of use, or why what waits was not taken yet, for people; absent where all is well.
    package let reason: String?

    package init(
        server: String, security: String, from: String, to: String, username: String?, kinds: [String],
        allowedHosts: [String], disabledAt: Date?, reason: String?
    ) {
        (self.server, self.security, self.from, self.to) = (server, security, from, to)
        (self.username, self.kinds, self.allowedHosts) = (username, kinds, allowedHosts)
        (self.disabledAt, self.reason) = (disabledAt, reason)
    }
}

/// Whether mail is set up, and how, as it is sent.
package struct MailStandingBody: Codable, Sendable, Hashable {
    /// Absent where none is set up.
    package let mail: MailBody?

    package init(_ mail: MailBody?) { self.mail = mail }
}

/// Mail as it is asked for, but for the password.
package struct MailRequestBody: Codable, Sendable, Hashable {
    /// The mail server, with its port where that is not 465.
    package var server: String
    package var from: String
    package var to: String
    /// Whom to sign in as; nobody unless given.
    package var username: String?
    /// The kinds to mail; all unless given.
    package var kinds: [String]?
    /// Hosts that are allowed although their addresses are private.
    package var allowedHosts: [String]?
    /// Whether the connection is not encrypted, which only one to this machine may be.
    package var unencrypted: Bool?

    package init(
        server: String, from: String, to: String, username: String? = nil, kinds: [String]? = nil,
        allowedHosts: [String]? = nil, unencrypted: Bool? = nil
    ) {
        (self.server, self.from, self.to, self.username) = (server, from, to, username)
        (self.kinds, self.allowedHosts, self.unencrypted) = (kinds, allowedHosts, unencrypted)
    }
}
