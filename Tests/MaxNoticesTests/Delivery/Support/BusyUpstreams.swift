import MaxConnector
import MaxHub

/// A way out on which something happens between asking for it and speaking to somebody.
struct BusyUpstreams: UpstreamFactory {
    let base: any UpstreamFactory
    let before: @Sendable () async throws -> Void

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        BusyUpstream(base: base.upstream(route), before: before)
    }

    /// One such way.
    private struct BusyUpstream: Upstream {
        let base: any Upstream
        let before: @Sendable () async throws -> Void

        func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
            try await before()
            return try await base.send(request, as: operation)
        }

        func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
            try await before()
            return try await base.open(line, as: operation)
        }
    }
}
