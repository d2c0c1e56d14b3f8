internal import HTTPTypes
package import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

extension Response {
    /// Streams events until they end, the client leaves or is not let in any more, or the server stops.
    ///
    /// A comment every 15 seconds keeps proxies from closing a quiet stream. Nothing piles up here: an event is taken when the
    /// one before it is on its way, so the sequence has to bound its own queue. A client that stops reading is cut off.
    package static func events<Events: AsyncSequence<ServerEvent, Never> & Sendable>(
        _ events: Events, for request: Request, _ context: ServerContext
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-store"
        headers[.xAccelBuffering] = "no"
        let body = ResponseBody { writer in
            context.ledger?.beginStream()
            defer { context.ledger?.endStream() }
            try? await request.body.consumeWithCancellationOnInboundClose { _ in
                try await EventStream(pause: context.limits.pause, isWanted: context.isStillKnown)
                    .send(events, to: &writer)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

extension Request {
    /// The number of the last event that a returning client got (header `Last-Event-ID`).
    package var lastEventID: Int? { headers[.lastEventID].flatMap { Int($0) } }
}

/// The writing of one client's events.
struct EventStream: Sendable {
    /// How long a stream is quiet at most.
    let pause: Duration
    /// Whether it goes on; asked after each pause.
    let isWanted: @Sendable () async -> Bool

    /// What is written next.
    private enum Part: Sendable {
        case event(ServerEvent)
        case ping

        var wire: ByteBuffer {
            switch self {
            case .event(let event): event.wire
            case .ping: ByteBuffer(string: ": ping\n\n")
            }
        }
    }

    /// Sends every event, and comments in between, until the events end, nobody wants it, or the server stops.
    func send<Events: AsyncSequence<ServerEvent, Never> & Sendable>(
        _ events: Events, to writer: inout any ResponseBodyWriter
    ) async throws {
        let (parts, part) = AsyncStream.makeStream(of: Part.self)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var turns = turns.makeAsyncIterator()
                for await event in events {
                    part.yield(.event(event))
                    guard await turns.next() != nil else { return }
                }
                part.finish()
            }
            group.addTask { try await ping(part) }
            defer { group.cancelAll() }
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            try await withGracefulShutdownHandler {
                for await next in parts {
                    try await writer.write(next.wire)
                    if case .event = next { turn.yield() }
                }
            } onGracefulShutdown: {
                part.finish()
            }
        }
    }

    private func ping(_ part: AsyncStream<Part>.Continuation) async throws {
        try await Task.sleep(for: pause)
        while await isWanted() {
            part.yield(.ping)
            try await Task.sleep(for: pause)
        }
        part.finish()
    }
}
