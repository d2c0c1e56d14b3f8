internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A server on loopback that answers bytes by script, whatever HTTP says.
package final class HostileServer: Sendable {
    /// The port it listens on.
    package let port: Int
    private let channel: any Channel
    private let log: RequestLog

    /// How a server behaves.
    package struct Script: Sendable {
        /// What to do as soon as a connection stands.
        package var onConnect: [HostileMove] = []
        /// What to do with a request, given its head as text and its number from 0 on.
        var onRequest: @Sendable (_ head: String, _ number: Int) -> [HostileMove] = { _, _ in [.hang] }
        /// Whether connections are taken at all; if not, they stay in the system's queue.
        var accepts = true
        /// What ends a request's head.
        var separator = "\r\n\r\n"

        /// Answers every request with the same moves.
        package static func always(_ moves: HostileMove...) -> Script { Script { _, _ in moves } }

        /// Answers every request with the same moves.
        package static func always(_ moves: [HostileMove]) -> Script { Script { _, _ in moves } }

        /// Answers each request by what it says.
        package static func each(
            _ moves: @escaping @Sendable (_ head: String, _ number: Int) -> [HostileMove]
        ) -> Script {
            Script(onRequest: moves)
        }

        /// Greets, and answers each line by what it says.
        package static func lines(
            greeting: HostileMove..., each moves: @escaping @Sendable (_ line: String, _ number: Int) -> [HostileMove]
        ) -> Script {
            var script = Script(onConnect: greeting, onRequest: moves)
            script.separator = "\r\n"
            return script
        }

        /// Makes moves without waiting for a request.
        package static func atOnce(_ moves: HostileMove...) -> Script { Script(onConnect: moves) }

        /// Makes moves as soon as a client begins a handshake of TLS (whose records have the type 22: RFC 8446, 5.1).
        package static func atHandshake(_ moves: HostileMove...) -> Script {
            var script = Script { _, _ in moves }
            script.separator = "\u{16}"
            return script
        }

        /// Never takes a connection out of the system's queue.
        package static var neverAccepting: Script { Script(accepts: false) }

        /// Whether TLS is set up by a move, and not from the beginning.
        package var startsTLS = false

        init(
            onConnect: [HostileMove] = [], accepts: Bool = true,
            onRequest: @escaping @Sendable (String, Int) -> [HostileMove] = { _, _ in [.hang] }
        ) {
            self.onConnect = onConnect
            self.accepts = accepts
            self.onRequest = onRequest
        }
    }

    /// The heads of the requests so far, each as text.
    package var requests: [String] { log.heads }

    /// How many connections were taken so far.
    package var connections: Int { log.connections }

    /// Waits until a client has closed one of its connections.
    package func departure() async { for await _ in log.departures { return } }

    /// Runs a server for as long as `body` takes.
    ///
    /// - Parameter certificate: The PEM text of the certificate to speak TLS with; nil for plain text.
    package static func run<Result>(
        _ script: Script, certificate: String? = nil, _ body: (HostileServer) async throws -> Result
    ) async throws -> Result {
        let server = try await HostileServer(script, certificate: certificate)
        do {
            let result = try await body(server)
            try await server.channel.close()
            return result
        } catch {
            try? await server.channel.close()
            throw error
        }
    }

    /// Connects to a server that accepts nothing until the system's queue is full, so that nobody else gets in.
    package func fillQueue() async throws {
        for _ in 0..<8 {
            let client = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.milliseconds(100))
            guard (try? await client.connect(host: "127.0.0.1", port: port).get()) != nil else { return }
        }
    }

    private init(_ script: Script, certificate: String?) async throws {
        let log = RequestLog()
        let tls = try script.startsTLS ? nil : certificate.map(Self.tlsContext)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.autoRead, value: script.accepts)
            .serverChannelOption(.backlog, value: ChannelOptions.Types.BacklogOption.Value(script.accepts ? 256 : 1))
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    if let tls { try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try child.pipeline.syncOperations.addHandler(HostileHandler(script, log, certificate: certificate))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.log = log
    }

    static func tlsContext(_ certificate: String) throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem))))
    }
}

/// What a hostile server was asked.
final class RequestLog: Sendable {
    private let state = Mutex<(heads: [String], connections: Int)>(([], 0))
    private let departed: AsyncStream<Void>.Continuation
    let departures: AsyncStream<Void>

    init() { (departures, departed) = AsyncStream.makeStream() }

    var heads: [String] { state.withLock { $0.heads } }
    var connections: Int { state.withLock { $0.connections } }

    func countConnection() { state.withLock { $0.connections += 1 } }

    func noteDeparture() { departed.yield() }

    /// Takes a request down and returns its number.
    func add(_ head: String) -> Int {
        state.withLock { state in
            state.heads.append(head)
            return state.heads.count - 1
        }
    }
}
