internal import Synchronization

/// A time in which a provider answers nobody, begun and ended at will.
package final class Outage: Sendable {
    private let state = Atomic(false)

    package init() {}

    package var isUnderWay: Bool { state.load(ordering: .relaxed) }

    package func begin() { state.store(true, ordering: .relaxed) }
    package func end() { state.store(false, ordering: .relaxed) }
}
