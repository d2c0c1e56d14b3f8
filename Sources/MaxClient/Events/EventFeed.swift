internal import AsyncHTTPClient
internal import Foundation
internal import MaxCore
internal import MaxWire
internal import NIOCore

/// A stream of events that goes on where it broke off: opened again, it names the last event that came.
///
/// It has no end of its own; whoever knows that there is no more stops listening. It throws when the server refuses, or
/// cannot be reached any more.
package struct EventFeed: AsyncSequence, Sendable {
    package typealias Element = ReceivedEvent

    let exchange: Exchange
    let request: ClientRequest
    let limits: ClientLimits
    /// The last event that is known already.
    var lastID: String?

    package func makeAsyncIterator() -> Iterator { Iterator(feed: self) }

    /// The listening of one listener.
    package struct Iterator: AsyncIteratorProtocol {
        private let feed: EventFeed
        private var reader: EventReader
        private var body: HTTPClientResponse.Body.AsyncIterator?
        private var ready: [ReceivedEvent] = []
        /// How often it broke off since an event came.
        private var breaks = 0

        init(feed: EventFeed) {
            self.feed = feed
            reader = EventReader(limit: feed.limits.event, lastID: feed.lastID)
        }

        package mutating func next() async throws -> ReceivedEvent? {
            while ready.isEmpty {
                do {
                    if body == nil { try await open() }
                    try await take()
                } catch let error as MaxError where error.code != .serverUnreachable && error.code != .serverSilent {
                    throw error
                } catch is EventReader.TooLarge {
                    throw feed.exchange.server.unfit
                } catch {
                    try await pause(after: error)
                }
            }
            breaks = 0
            return ready.removeFirst()
        }

        private mutating func open() async throws {
            var request = feed.request
            if let id = reader.lastID { request.headers.append(("Last-Event-ID", id)) }
            request.headers.append(("Accept", "text/event-stream"))
            reader = EventReader(limit: feed.limits.event, lastID: reader.lastID)
            body = try await feed.exchange.open(request).makeAsyncIterator()
        }

        private mutating func take() async throws {
            guard let bytes = try await body?.next(isolation: #isolation) else {
                throw HTTPClientError.remoteConnectionClosed
            }
            ready = try reader.read(bytes.readableBytesView)
        }

        /// Waits before the stream is opened again.
        ///
        /// - Throws: The error, when that was tried often enough.
        private mutating func pause(after error: any Error) async throws {
            body = nil
            breaks += 1
            try Task.checkCancellation()
            guard breaks < feed.limits.attempts else { throw feed.exchange.server.error(error) }
            try await Task.sleep(for: feed.limits.pause * (1 << (breaks - 1)))
        }
    }
}

extension Client {
    /// What an event tells, as a value.
    ///
    /// - Throws: What the event `ended` says, or ``MaxCore/MaxError`` with code `server_unfit`.
    package func body<Value: Decodable>(of event: ReceivedEvent, as type: Value.Type) throws -> Value {
        let data = Data(event.data.utf8)
        if event.name == "ended" {
            guard let details = try? JSON.decoder.decode(ProblemDetails.self, from: data) else { throw server.unfit }
            throw details.refusal()
        }
        do { return try JSON.decoder.decode(type, from: data) } catch { throw server.unfit }
    }
}
