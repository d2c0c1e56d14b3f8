internal import NIOCore
internal import NIOPosix
internal import SandboxKit

/// A mail server by the name of Gmail, as a real IMAP server on this machine.
///
///     try await GmailSandbox.serve(GmailSandboxOptions(seed: 7)) { gmail in
///         … gmail.port, gmail.account, gmail.password(.hang) …
///     }
package struct GmailSandbox: SandboxService {
    private let options: GmailSandboxOptions
    /// The mail, for hands that change it while the server runs.
    package let house: MailHouse

    /// Opens the world; nothing listens yet.
    package init(_ options: GmailSandboxOptions = GmailSandboxOptions()) {
        self.options = options
        house = MailHouse(seed: options.seed, messages: options.messages)
    }

    package func run(onReady: @escaping @Sendable (GmailAddress) async -> Void) async throws {
        let server = try await listen()
        guard let port = server.channel.localAddress?.port else {
            throw SandboxError.cannotListen(host: options.host, port: options.port, reason: "it has no address")
        }
        let (house, options) = (house, options)
        let pages = SandboxServer(
            PasswordsPage.router([house.first, house.second]), name: "Gmail sandbox", host: options.host, port: 0)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await pages.run { await onReady(address(port, page: $0)) } }
            try await server.executeThenClose { clients in
                for try await client in clients {
                    group.addTask { await ServedLine(client, house, options).serve() }
                }
            }
        }
    }

    /// Serves for as long as the body runs.
    package static func serve<Value>(
        _ options: GmailSandboxOptions = GmailSandboxOptions(), _ body: (GmailAddress, MailHouse) async throws -> Value
    ) async throws -> Value {
        let sandbox = GmailSandbox(options)
        return try await sandbox.serve { try await body($0, sandbox.house) }
    }

    private func listen() async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never> {
        let prepare = options.prepare
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: options.host, port: options.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try prepare(channel)
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw SandboxError.cannotListen(host: options.host, port: options.port, reason: "\(error)")
        }
    }

    private func address(_ port: Int, page: Int) -> GmailAddress {
        GmailAddress(
            host: options.host, port: port, page: "http://\(options.host):\(page)\(PasswordsPage.path)",
            account: house.first, second: house.second)
    }
}
