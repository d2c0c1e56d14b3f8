internal import AsyncHTTPClient
internal import Foundation
internal import MaxCore
internal import NIOCore
internal import NIOHTTP1

/// The sending of requests to one server, and the taking of its answers within limits.
struct Exchange: Sendable {
    let server: ServerAddress
    let token: SecretValue?
    let limits: ClientLimits
    let http: HTTPClient

    /// Sends a request, again where that is asked for and does no harm, and takes the whole answer.
    ///
    /// - Parameter refusals: The statuses of refusals that are answers to whoever asks.
    /// - Throws: ``MaxCore/MaxError``, ``MaxCore/Problem`` or `CancellationError`.
    func send(_ request: ClientRequest, taking refusals: Set<Int> = []) async throws -> ClientAnswer {
        var attempt = 1
        while true {
            let isLast = attempt >= limits.attempts
            do {
                let answer = try await once(request)
                if (200..<300).contains(answer.status) || refusals.contains(answer.status) { return answer }
                guard !isLast, let wait = wait(after: answer) else {
                    throw answer.refusal(of: server, hadToken: token != nil)
                }
                try await Task.sleep(for: wait)
            } catch let fault where !isLast && request.isRepeatable && Self.isPassing(fault) {
                try await Task.sleep(for: limits.pause * (1 << (attempt - 1)))
            } catch {
                try Task.checkCancellation()
                throw server.error(error)
            }
            attempt += 1
        }
    }

    /// Opens a stream of events.
    ///
    /// - Throws: ``MaxCore/MaxError``, ``MaxCore/Problem`` or `CancellationError`.
    func open(_ request: ClientRequest) async throws -> HTTPClientResponse.Body {
        do {
            let response = try await http.execute(message(request), deadline: .distantFuture)
            guard response.status == .ok, response.isStream else { throw try await refusal(response) }
            return response.body
        } catch {
            try Task.checkCancellation()
            throw server.error(error)
        }
    }

    /// Sends a request and takes the whole answer in the time there is for it, which bounds slow bodies too.
    private func once(_ request: ClientRequest) async throws -> ClientAnswer {
        try await withThrowingTaskGroup(of: ClientAnswer.self) { group in
            group.addTask { try await answer(http.execute(message(request), deadline: .distantFuture)) }
            group.addTask {
                try await Task.sleep(for: limits.whole)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func answer(_ response: HTTPClientResponse) async throws -> ClientAnswer {
        let body = try await response.body.collect(upTo: limits.answer)
        return ClientAnswer(
            status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView))
    }

    private func refusal(_ response: HTTPClientResponse) async throws -> any Error {
        if response.status == .ok { return server.unfit }
        return try await answer(response).refusal(of: server, hadToken: token != nil)
    }

    /// How long to wait before a refused request is sent again; nil when it is not to be.
    private func wait(after answer: ClientAnswer) -> Duration? {
        guard [409, 429, 503].contains(answer.status), let seconds = answer.retryAfter else { return nil }
        let wait = Duration.milliseconds(Int(min(seconds, 86_400) * 1000))
        return wait <= limits.patience ? max(wait, limits.pause) : nil
    }

    /// Whether a fault of the connection may be gone the next time.
    private static func isPassing(_ fault: any Error) -> Bool {
        switch fault {
        case let fault as HTTPClientError: fault == .remoteConnectionClosed
        case is IOError, is ChannelError: true
        default: false
        }
    }

    private func message(_ request: ClientRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: server.description + request.target)
        message.method = request.method
        for header in request.headers { message.headers.replaceOrAdd(name: header.name, value: header.value) }
        message.headers.replaceOrAdd(name: "User-Agent", value: "max")
        token?.withText { message.headers.replaceOrAdd(name: "Authorization", value: "Bearer \($0)") }
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        return message
    }
}

extension HTTPClientResponse {
    /// Whether it is a stream of events.
    fileprivate var isStream: Bool {
        headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/event-stream") ?? false
    }
}
