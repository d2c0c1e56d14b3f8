internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import Synchronization

/// A way out that notes every request as text, without its credential, and what became of it.
struct WatchedOutbound: UpstreamFactory {
    let base: Outbound
    let standIns: StandIns
    let log = RequestLog()
    let watch = CallWatch()
    let received = ByteCount()

    func upstream(_ route: UpstreamRoute) -> any Upstream {
        WatchedUpstream(
            base: base.upstream(standIns.opening(route)), log: log, watch: watch, received: received, route: route,
            standIns: standIns)
    }

    /// How many requests have left the house.
    var calls: Int { base.calls.all.values.reduce(0) { $0 + $1.begun } }
    /// What all that came of it cost the provider.
    var effort: SyncEffort { SyncEffort(requests: calls, bytes: received.total) }

    /// Opens a way out and shuts it in the end.
    static func open<Result>(
        _ script: ProviderScript, _ work: (WatchedOutbound) async throws -> Result
    ) async throws -> Result {
        let outbound = Outbound(limits: .patient)
        do {
            let result = try await work(
                WatchedOutbound(base: outbound, standIns: StandIns(origins: script.standIns)))
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }
}

/// The requests so far.
final class RequestLog: Sendable {
    private let requests = Mutex<[String]>([])

    /// Each request's method, address and headers; of a line its address and everything that was sent.
    var lines: [String] { requests.withLock { $0 } }

    func add(_ request: UpstreamRequest) {
        let headers = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        add("\(request.method.rawValue) \(request.url.absoluteString)\n\(headers)")
    }

    func add(_ text: String) { requests.withLock { $0.append(text) } }
}

/// How much providers have sent.
final class ByteCount: Sendable {
    private let bytes = Mutex(0)

    var total: Int { bytes.withLock { $0 } }

    func add(_ count: Int) { bytes.withLock { $0 += count } }
}

/// Somebody who is told what became of each call before its loader is.
final class CallWatch: Sendable {
    typealias Witness = @Sendable (Problem?) async throws -> Void

    private let witness = Mutex<Witness?>(nil)

    /// Tells `witness` of each call from now on: the problem it came to, or nil for an answer.
    func tell(_ witness: Witness?) { self.witness.withLock { $0 = witness } }

    func note(_ problem: Problem?) async throws { try await witness.withLock { $0 }?(problem) }
}

private struct WatchedUpstream: Upstream {
    let base: any Upstream
    let log: RequestLog
    let watch: CallWatch
    let received: ByteCount
    let route: UpstreamRoute
    let standIns: StandIns

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        log.add(request)
        let answer: UpstreamResponse
        let led = standIns.leading(request, on: route)
        do { answer = try await base.send(led, as: operation) } catch let problem as Problem {
            try await watch.note(problem)
            throw problem
        }
        received.add(answer.body.count)
        try await watch.note(nil)
        return answer
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        log.add("OPEN \(line.host):\(line.port)")
        do {
            return WatchedLine(
                base: try await base.open(line, as: operation), log: log, watch: watch, received: received)
        } catch let problem as Problem {
            try await watch.note(problem)
            throw problem
        }
    }
}
