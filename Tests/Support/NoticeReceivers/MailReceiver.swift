internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A mail server on loopback that takes messages and keeps them (RFC 5321).
package final class MailReceiver: Sendable {
    /// The messages that were handed over so far.
    package let mails = Arrivals<Mail>()
    /// Every command so far, as it came.
    package let commands = Arrivals<String>()
    private let channel: any Channel

    /// A message as it was handed over.
    package struct Mail: Sendable, Hashable {
        package var sender = ""
        package var recipients: [String] = []
        /// The text between DATA and the final full stop, dots still doubled.
        package var text = ""
        /// Who signed in, with which password; nil when nobody did.
        package var login: Login?
        package var isEncrypted = false
    }

    /// A user name with its password.
    package struct Login: Sendable, Hashable {
        package let user: String
        package let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// How a server behaves.
    package struct Manner: Sendable {
        /// Who may send; nil when anybody may.
        package var login: Login?
        /// The ways to sign in that it offers.
        package var ways = ["PLAIN", "LOGIN"]
        /// Whether it offers STARTTLS, where TLS was not spoken from the beginning.
        package var offersTLS = true
        /// Whether TLS is spoken from the first byte.
        package var beginsWithTLS = false
        /// The PEM texts of its certificate and its key; nil for one that cannot encrypt.
        package var certificate: (chain: String, key: String)?
        /// What it says to a command in place of its usual reply, given the command.
        package var reply: @Sendable (_ command: String) -> String? = { _ in nil }

        package init() {}
    }

    /// The port it listens on, on 127.0.0.1.
    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Runs a server for as long as `body` takes.
    package static func run<Result>(
        _ manner: Manner = Manner(), _ body: (MailReceiver) async throws -> Result
    ) async throws -> Result {
        let receiver = try await MailReceiver(manner)
        do {
            let result = try await body(receiver)
            try await receiver.channel.close()
            return result
        } catch {
            try? await receiver.channel.close()
            throw error
        }
    }

    private init(_ manner: Manner) async throws {
        let (mails, commands) = (mails, commands)
        let tls = try manner.certificate.map(Self.context)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    if manner.beginsWithTLS, let tls {
                        try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try child.pipeline.syncOperations.addHandler(MailHandler(manner, tls, mails, commands))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private static func context(_ certificate: (chain: String, key: String)) throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMBytes(Array(certificate.chain.utf8))
                    .map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(certificate.key.utf8), format: .pem))))
    }
}
