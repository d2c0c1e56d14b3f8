internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import Synchronization

/// What the server counts of its own work, in memory.
package final class Ledger: Sendable {
    private let logger: Logger
    private let counts = Mutex(Counts())

    /// What was counted since the server began.
    struct Counts: Sendable {
        var requests: [RequestKind: RequestCount] = [:]
        var streams = 0
    }

    /// What requests are told apart by: nothing that an asker can make up, so that there are few.
    struct RequestKind: Sendable, Hashable {
        let method: String
        /// The pattern of the path, such as `/runs/{id}`; “none” where no route has it.
        let route: String
        let status: Int
    }

    /// How many requests there were, and how long they took.
    struct RequestCount: Sendable {
        /// The upper ends of the steps, in seconds.
        static let steps = [0.005, 0.025, 0.1, 0.5, 2.5, 10]
        var number = 0
        var seconds = 0.0
        /// How many took no longer than each step.
        var within = Array(repeating: 0, count: steps.count)

        mutating func add(_ seconds: Double) {
            number += 1
            self.seconds += seconds
            for (index, step) in Self.steps.enumerated() where seconds <= step { within[index] += 1 }
        }
    }

    package init(logger: Logger) { self.logger = logger }

    /// Notes a request that was answered.
    func note(_ request: Request, _ response: Response, _ context: ServerContext, took: Duration) {
        let path = context.endpointPath
        let kind = RequestKind(
            method: request.method.isUsual ? request.method.rawValue : "other",
            route: path == nil || path == "NotFound" ? "none" : path ?? "none", status: response.status.code)
        counts.withLock { $0.requests[kind, default: RequestCount()].add(took / .seconds(1)) }
        let note = AccessNote(request, response, context, took: took)
        logger.log(level: response.status.code >= 500 ? .error : .info, note.message, metadata: note.metadata)
    }

    /// What was counted until now.
    var now: Counts { counts.withLock { $0 } }

    /// Counts a stream of events that begins.
    func beginStream() { counts.withLock { $0.streams += 1 } }

    /// Counts a stream of events that is over.
    func endStream() { counts.withLock { $0.streams -= 1 } }
}

extension HTTPRequest.Method {
    /// Whether it is one that anything here could answer.
    fileprivate var isUsual: Bool { [.get, .head, .post, .put, .patch, .delete, .options].contains(self) }
}
