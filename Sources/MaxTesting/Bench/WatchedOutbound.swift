internal import Foundation
internal import MaxConnector
internal import MaxHub
internal import Synchronization

/// A way out that notes every request as text, without its credential.
struct WatchedOutbound: UpstreamFactory {
    let base: any UpstreamFactory
    let log = RequestLog()

    func upstream(_ route: UpstreamRoute) -> any Upstream { WatchedUpstream(base: base.upstream(route), log: log) }
}

/// The requests so far.
final class RequestLog: Sendable {
    private let requests = Mutex<[String]>([])

    /// Each request's method, address and headers.
    var lines: [String] { requests.withLock { $0 } }

    func add(_ request: UpstreamRequest) {
        let headers = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        requests.withLock { $0.append("\(request.method.rawValue) \(request.url.absoluteString)\n\(headers)") }
    }
}

private struct WatchedUpstream: Upstream {
    let base: any Upstream
    let log: RequestLog

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        log.add(request)
        return try await base.send(request, as: operation)
    }
}
