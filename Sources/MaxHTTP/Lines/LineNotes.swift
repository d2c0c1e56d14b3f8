internal import MaxConnector
internal import MaxHub
internal import Synchronization

/// What is recorded of a line: how much went each way for each thing that was said, and no byte of it.
final class LineNotes: Sendable {
    private let recorder: FlightRecorder?
    private let operation: UpstreamOperation
    private let current = Mutex<Exchange?>(nil)

    /// What was said, and what came until the next thing was.
    private struct Exchange {
        let begun = ContinuousClock.now
        var sent: Int
        var received = 0
        var lastAt = ContinuousClock.now
    }

    init(for recorder: FlightRecorder?, _ operation: UpstreamOperation) {
        self.recorder = recorder
        self.operation = operation
    }

    /// Notes that bytes were sent.
    func send(_ count: Int) {
        guard recorder != nil else { return }
        let earlier = current.withLock { current in
            defer { current = Exchange(sent: count) }
            return current
        }
        if let earlier { write(earlier) }
    }

    /// Notes that bytes came.
    func receive(_ count: Int) {
        guard recorder != nil else { return }
        current.withLock { current in
            current?.received += count
            current?.lastAt = .now
        }
    }

    /// Notes the end of the line.
    func end(because problem: (any Error)?) {
        let last = current.withLock { current in
            defer { current = nil }
            return current
        }
        if let last { write(last, problem) }
    }

    private func write(_ exchange: Exchange, _ problem: (any Error)? = nil) {
        recorder?.note(.call, operation.name) { event in
            event.method = "LINE"
            (event.sent, event.received) = (exchange.sent, exchange.received)
            event.milliseconds = (exchange.lastAt - exchange.begun).wholeMilliseconds
            if let problem { event.fail(problem) }
        }
    }
}
