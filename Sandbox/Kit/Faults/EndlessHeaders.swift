import NIOCore
import NIOHTTP1

/// A response head that never comes to its end, written below the HTTP encoder, which would not do such a thing.
enum EndlessHeaders {
    /// Sends header lines, waiting for the client to take them, until the client closes or the task is cancelled.
    static func send(on channel: any Channel) async throws {
        try await write(ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"), to: channel)
        var number = 0
        while Task.isCancelled == false {
            var lines = ByteBuffer()
            for _ in 0..<200 {
                number += 1
                lines.writeString("X-Filler-\(number): \(EndlessHeaders.filler)\r\n")
            }
            try await write(lines, to: channel)
        }
        try await channel.close()
        throw CancellationError()
    }

    private static let filler = String(repeating: "more", count: 20)

    private static func write(_ bytes: ByteBuffer, to channel: any Channel) async throws {
        try await channel.eventLoop.flatSubmit {
            do {
                let encoder = try channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
                let written = channel.eventLoop.makePromise(of: Void.self)
                encoder.writeAndFlush(NIOAny(bytes), promise: written)
                return written.futureResult
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }
}
