import Foundation
import MaxConnector
import MaxHub

/// A way out on which something happens between asking for it and speaking to somebody.
struct BusyUpstreams: UpstreamFactory {
    let base: any UpstreamFactory
    let before: @Sendable (URL?) async throws -> Void

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        BusyUpstream(base: base.upstream(route), before: before)
    }

    /// One such way.
    private struct BusyUpstream: Upstream {
        let base: any Upstream
        let before: @Sendable (URL?) async throws -> Void

        func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
            try await before(request.url)
            return try await base.send(request, as: operation)
        }

        func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
            try await before(nil)
            return try await base.open(line, as: operation)
        }
    }
}

/// A count that can be waited for.
actor Tally {
    private(set) var count = 0
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// Counts one more.
    func add() {
        count += 1
        for waiter in waiting where waiter.count <= count { waiter.continuation.resume() }
        waiting.removeAll { $0.count <= count }
    }

    /// Waits until so many were counted.
    func reach(_ count: Int) async {
        if self.count >= count { return }
        await withCheckedContinuation { waiting.append((count, $0)) }
    }
}
