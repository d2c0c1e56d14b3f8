internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// What is recorded of one request and its answer: no value of either.
struct CallNote {
    private let recorder: FlightRecorder?
    private let request: UpstreamRequest
    private let operation: UpstreamOperation
    private let begun = ContinuousClock.now
    /// The answer, once there is one.
    var answer: UpstreamResponse?

    init(of request: UpstreamRequest, _ operation: UpstreamOperation, for recorder: FlightRecorder?) {
        self.recorder = recorder
        self.request = request
        self.operation = operation
    }

    /// Notes that the answer was taken.
    func write(as outcome: String? = nil) { write { $0.outcome = outcome } }

    /// Notes what went wrong.
    func write(_ error: any Error) { write { $0.fail(error) } }

    private func write(_ end: (inout RecordedEvent) -> Void) {
        recorder?.note(.call, operation.name) { event in
            event.method = request.method.rawValue
            event.path = PathShape.of(request.url.path(percentEncoded: true), for: operation.name)
            event.status = answer?.status
            event.sent = request.body.isEmpty ? nil : request.body.count
            event.received = answer?.body.count
            event.milliseconds = (ContinuousClock.now - begun).wholeMilliseconds
            end(&event)
        }
    }
}

extension Duration {
    /// The length in whole milliseconds.
    var wholeMilliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
