import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A provider by the name of Acme, as a real HTTP server on this machine.
///
///     try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 7)) { acme in
///         … acme.url, acme.key, acme.key(.hang) …
///     }
package struct AcmeSandbox: Sendable {
    private let options: AcmeSandboxOptions
    private let ledger: Ledger
    private let outbox = Outbox()

    /// Opens the world; nothing listens yet.
    package init(_ options: AcmeSandboxOptions = AcmeSandboxOptions()) throws(AcmeSandboxError) {
        guard (0...1).contains(options.flaky) else { throw .flakyOutOfRange(options.flaky) }
        self.options = options
        ledger = try Ledger(seed: options.seed, size: options.size, folder: options.dataFolder)
    }

    /// Serves until the task is cancelled, then returns with every connection closed.
    ///
    /// `onReady` is called once, when the server listens, and runs beside it. Throws ``AcmeSandboxError`` when the port
    /// cannot be had. The signals of the process are left to the caller.
    package func run(onReady: @escaping @Sendable (AcmeAddress) async -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = application { port.yield($0) }
        let outbox = outbox
        try await withThrowingTaskGroup { group in
            group.addTask { await outbox.deliver() }
            group.addTask { for await number in ports { await onReady(address(number)) } }
            defer { group.cancelAll() }
            do {
                try await application.run()
            } catch {
                guard Task.isCancelled == false else { return }
                let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
                throw AcmeSandboxError.cannotListen(host: options.host, port: options.port, reason: reason)
            }
        }
    }

    /// Serves for as long as the body runs.
    package static func serve<Value>(
        _ options: AcmeSandboxOptions = AcmeSandboxOptions(), _ body: (AcmeAddress) async throws -> Value
    ) async throws -> Value {
        let sandbox = try AcmeSandbox(options)
        let (addresses, address) = AsyncThrowingStream.makeStream(of: AcmeAddress.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await sandbox.run { address.yield($0) }
                    address.finish()
                } catch {
                    address.finish(throwing: error)
                }
            }
            defer { group.cancelAll() }
            for try await ready in addresses { return try await body(ready) }
            throw CancellationError()
        }
    }

    private func address(_ port: Int) -> AcmeAddress {
        AcmeAddress(
            host: options.host, port: port, key: ledger.world.firstKey(of: World.dana),
            secondKey: ledger.world.firstKey(of: World.erin))
    }

    private func application(
        onListening: @escaping @Sendable (Int) -> Void
    ) -> Application<RouterResponder<APIContext>> {
        Application(
            router: AcmeRouter(options: options, ledger: ledger, outbox: outbox).router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: "Acme"),
            onServerRunning: { onListening($0.localAddress?.port ?? options.port) },
            logger: Logger(label: "acme") { _ in SwiftLogNoOpLogHandler() })
    }
}
