internal import AsyncHTTPClient
internal import Foundation
internal import MaxConnector
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// The collector of one answer: its head, and its body as far as that is wanted.
///
/// Of a refusal only what is small is taken, since nobody reads it.
final class AnswerCollector: HTTPClientResponseDelegate {
    typealias Response = UpstreamResponse

    private let request: UpstreamRequest
    private let state = Mutex(State())

    private struct State {
        var head: HTTPResponseHead?
        var body = ByteBuffer()
        var limit = 0
    }

    init(for request: UpstreamRequest) { self.request = request }

    /// Whether an answer has begun.
    var hasBegun: Bool { state.withLock { $0.head != nil } }

    /// The refusal that has begun, without its body; nil when there is none, or a real answer.
    var refusal: UpstreamResponse? {
        state.withLock { state in
            guard let head = state.head, !isWanted(head) else { return nil }
            return UpstreamResponse(head, body: Data())
        }
    }

    func didReceiveHead(
        task: HTTPClient.Task<UpstreamResponse>, _ head: HTTPResponseHead
    ) -> EventLoopFuture<Void> {
        let limit = isWanted(head) ? request.maximumBody : min(request.maximumBody, 64 << 10)
        state.withLock { state in
            state.head = head
            state.limit = limit
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(
        task: HTTPClient.Task<UpstreamResponse>, _ part: ByteBuffer
    ) -> EventLoopFuture<Void> {
        let excess: NIOTooManyBytesError? = state.withLock { state in
            guard state.body.readableBytes + part.readableBytes <= state.limit else {
                return NIOTooManyBytesError(maxBytes: state.limit)
            }
            state.body.writeImmutableBuffer(part)
            return nil
        }
        if let excess { return task.eventLoop.makeFailedFuture(excess) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<UpstreamResponse>) throws -> UpstreamResponse {
        try state.withLock { state in
            guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
            return UpstreamResponse(head, body: Data(state.body.readableBytesView))
        }
    }

    private func isWanted(_ head: HTTPResponseHead) -> Bool {
        head.status.code / 100 == 2 || request.accepted.contains(Int(head.status.code))
    }
}

extension UpstreamResponse {
    fileprivate init(_ head: HTTPResponseHead, body: Data) {
        self.init(status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) }, body: body)
    }
}
