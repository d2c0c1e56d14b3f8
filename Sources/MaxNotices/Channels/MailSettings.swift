package import Foundation
package import MaxConnector
package import MaxCore
package import MaxHub

/// The owner's mailbox: where notices are mailed to, and through which server.
package struct MailChannel: Sendable, Hashable {
    package let id: NoticeChannelID
    package var settings: MailSettings
    /// The kinds that are mailed; empty for all.
    package var kinds: Set<NoticeKind>
    package let createdAt: Date
    /// Since when and why it is out of use; nil while it is in use.
    package var end: ChannelEnd?
}

/// What mail needs to be handed in, but for the password.
package struct MailSettings: Sendable, Hashable, Codable {
    package let host: String
    package let port: Int
    package let security: LineRequest.Security
    package let from: MailAddress
    package let to: MailAddress
    /// Whom to sign in as; nil where the server asks for nobody.
    package let user: String?
    /// Hosts on this machine or a private network that the owner allowed.
    package let allowedHosts: [String]

    /// The usual port: with TLS from the first byte, which cannot be talked out of it (RFC 8314, section 3.3).
    private static let usualPort = 465

    /// Reads settings as people write them.
    ///
    /// Port 465 speaks TLS from the first byte, every other one with STARTTLS; without encryption none is spoken to but
    /// one on this machine.
    ///
    /// - Parameters:
    ///   - server: A host, with `:port` behind it where that is not 465.
    ///   - isOpen: Whether the connection is not encrypted.
    /// - Throws: ``MaxCore/MaxError`` with code `mail_server_invalid`, `mail_user_invalid` or `mail_address_invalid`.
    package init(
        server: String, isOpen: Bool = false, from: String, to: String, user: String?, allowing hosts: [String] = []
    ) throws {
        (host, port) = try Self.place(server.trimmingCharacters(in: .whitespaces))
        security = isOpen ? .none : port == Self.usualPort ? .tls : .startTLS
        self.from = try MailAddress(from)
        self.to = try MailAddress(to)
        let user = user.flatMap { $0.isEmpty ? nil : $0 }
        guard user?.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) ?? true,
            (user?.utf8.count ?? 0) <= 255
        else {
            throw MaxError(.mailUserInvalid, "That is not a user name that can be sent.", fix: "Copy it again.")
        }
        self.user = user
        allowedHosts = hosts
    }

    /// The server as it was named.
    package var server: String { port == Self.usualPort ? host : "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// The server, for whoever speaks to it.
    var mailServer: MailServer { MailServer(host: host, port: port, security: security, user: user) }

    private static func place(_ text: String) throws -> (host: String, port: Int) {
        guard !text.isEmpty, text.utf8.count <= 300, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let url = URL(string: "smtp://\(text)"), url.user == nil, url.path.isEmpty, url.query == nil,
            url.fragment == nil, let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw notAServer }
        let port = url.port ?? usualPort
        guard (1...65_535).contains(port) else { throw notAServer }
        return (host, port)
    }

    private static var notAServer: MaxError {
        MaxError(
            .mailServerInvalid, "That is not the name of a mail server.",
            fix: "Give one like smtp.example.com, or smtp.example.com:587.")
    }
}

extension MaxError.Code {
    /// A text does not name a mail server.
    package static let mailServerInvalid: Self = "mail_server_invalid"
    /// A user name cannot be sent.
    package static let mailUserInvalid: Self = "mail_user_invalid"
    /// No mail is set up.
    package static let mailMissing: Self = "mail_missing"
    /// A mail server wants a password, and none was given.
    package static let mailPasswordMissing: Self = "mail_password_missing"
}
