package import NIOCore
internal import NIOPosix

/// A bare HTTP client, so that tests see the bytes and not what a library makes of them.
package struct BareClient: Sendable {
    private let port: Int
    private let key: String?

    /// Creates a client of a server on this machine that sends a bearer token, or none.
    package init(_ port: Int, key: String?) {
        self.port = port
        self.key = key
    }

    /// Sends one request on a connection of its own and reads until the end, or until more than `most` bytes came.
    package func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: String? = nil, most: Int = 8 << 20
    ) async throws -> Answer {
        try await withConnection { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head(method, path, headers, body) + (body ?? "")))
            var received = ByteBuffer()
            for try await part in inbound {
                received.writeImmutableBuffer(part)
                if received.readableBytes > most { break }
            }
            return try Answer(Array(received.readableBytesView))
        }
    }

    /// Sends one request and takes whatever comes until `body` is done.
    ///
    /// - Returns: What `body` returns; nil when the answer came to its end before, or to more than `most` bytes.
    package func whileTaking<Result: Sendable>(
        _ path: String, most: Int = .max, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        try await withConnection { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head("GET", path, [:], nil)))
            return try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask {
                    var count = 0
                    for try await part in inbound {
                        count += part.readableBytes
                        if count > most { break }
                    }
                    return nil
                }
                group.addTask { try await body() }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        }
    }

    private func head(_ method: String, _ path: String, _ headers: [String: String], _ body: String?) -> String {
        var head = "\(method) \(path) HTTP/1.1\r\nConnection: close\r\n"
        if headers["Host"] == nil { head += "Host: 127.0.0.1:\(port)\r\n" }
        if let key { head += "Authorization: Bearer \(key)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
        return head + "\r\n"
    }

    private func withConnection<Result: Sendable>(
        _ body: (NIOAsyncChannelInboundStream<ByteBuffer>, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws ->
            Result
    ) async throws -> Result {
        let connection = try await Self.connect(port)
        return try await connection.executeThenClose { try await body($0, $1) }
    }

    /// Connects to a port of this machine.
    package static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }
}
