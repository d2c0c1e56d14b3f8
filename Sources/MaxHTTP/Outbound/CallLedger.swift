package import MaxConnector
internal import Synchronization

/// The count of calls that began and ended, by connector and operation.
package final class CallLedger: Sendable {
    private let counts = Mutex<[Line: Count]>([:])

    init() {}

    /// An operation of a connector.
    package struct Line: Sendable, Hashable {
        package let connector: String
        package let operation: String
    }

    /// How many calls began and how many of them ended.
    package struct Count: Sendable, Hashable {
        package var begun = 0
        package var ended = 0
    }

    /// The count of an operation's calls so far.
    package func count(_ connector: String, _ operation: UpstreamOperation) -> Count {
        counts.withLock { $0[Line(connector: connector, operation: operation.name)] ?? Count() }
    }

    /// Every count so far.
    package var all: [Line: Count] { counts.withLock { $0 } }

    func begin(_ connector: String, _ operation: UpstreamOperation) {
        counts.withLock { $0[Line(connector: connector, operation: operation.name), default: Count()].begun += 1 }
    }

    func end(_ connector: String, _ operation: UpstreamOperation) {
        counts.withLock { $0[Line(connector: connector, operation: operation.name), default: Count()].ended += 1 }
    }
}
