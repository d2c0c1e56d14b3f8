internal import Foundation
package import MaxConnector
internal import MaxCore
internal import MaxHub

/// The owner's mail server, as they named it.
package struct MailServer: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// How the line is encrypted.
    package let security: LineRequest.Security
    /// Whom to sign in as; nil where the server asks for nobody.
    package let user: String?

    package init(host: String, port: Int, security: LineRequest.Security, user: String?) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
    }

    /// The line to it.
    var line: LineRequest { LineRequest(host: host, port: port, security: security) }

    /// The way to it.
    ///
    /// - Parameter hosts: Hosts on this machine or a private network that the owner allowed.
    func route(allowing hosts: Set<String>) -> UpstreamRoute {
        var route = UpstreamRoute(
            name: "mail", provider: host, hosts: [host], allowedPrivateHosts: hosts, deadline: .seconds(20))
        route.sendsMail = true
        return route
    }
}

/// The handing over of messages to the owner's mail server.
struct MailSending: Sendable {
    let upstreams: any UpstreamFactory
    let server: MailServer
    let password: CredentialHandle<SecretValue>
    /// Hosts on this machine or a private network that the owner allowed.
    let allowedHosts: Set<String>

    /// The longest that handing over one message may take, however slowly the server speaks.
    static let patience = Duration.seconds(60)
    private static let operation = UpstreamOperation("mail.send", concurrency: 1)

    /// Hands a message over.
    ///
    /// - Throws: ``MaxCore/Problem``; ``MaxHub/PrivateAddressRefused``.
    func send(_ message: MailMessage) async throws {
        let upstream = upstreams.upstream(server.route(allowing: allowedHosts))
        try await Patience.bound(Self.patience, otherwise: .mailServerSlow(server.host)) {
            let line = try await upstream.open(server.line, as: Self.operation)
            var conversation = SMTPConversation(over: line, with: server.host)
            do { try await talk(&conversation, message) } catch {
                await line.close(because: error as? Problem)
                throw error
            }
            await conversation.quit()
        }
    }

    private func talk(_ conversation: inout SMTPConversation, _ message: MailMessage) async throws {
        try await conversation.open(startingTLS: server.security == .startTLS)
        if let user = server.user { try await conversation.signIn(as: user, password) }
        try await conversation.send(message)
    }
}
