internal import Glibc
package import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// The HTTP server of a double.
package struct SandboxServer<Context: SandboxContext>: Sendable {
    private let responder: RouterResponder<Context>
    private let name: String
    private let host: String
    private let port: Int

    /// Creates a server of the routes on an address; port 0 takes a free one.
    package init(_ router: Router<Context>, name: String, host: String, port: Int) {
        responder = router.buildResponder()
        self.name = name
        self.host = host
        self.port = port
    }

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onListening` is called once with the port, when the server listens, and runs beside it; `beside` runs as long as
    /// the server does. The signals of the process are left to the caller.
    ///
    /// - Throws: ``SandboxError`` when the port cannot be had.
    package func run(
        onListening: @escaping @Sendable (Int) async -> Void, beside: @escaping @Sendable () async -> Void = {}
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = application { port.yield($0) }
        try await withThrowingTaskGroup { group in
            group.addTask { await beside() }
            group.addTask { for await number in ports { await onListening(number) } }
            defer { group.cancelAll() }
            do {
                try await application.run()
            } catch {
                guard Task.isCancelled == false else { return }
                let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
                throw SandboxError.cannotListen(host: host, port: self.port, reason: reason)
            }
        }
    }

    private func application(
        onListening: @escaping @Sendable (Int) -> Void
    ) -> Application<RouterResponder<Context>> {
        Application(
            responder: responder,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: name),
            onServerRunning: { onListening($0.localAddress?.port ?? port) },
            logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() })
    }
}
