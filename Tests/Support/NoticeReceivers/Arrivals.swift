internal import Synchronization

/// What has arrived at a receiver so far, for whoever waits for more.
package final class Arrivals<Item: Sendable>: Sendable {
    private let state = Mutex(State())

    private struct State {
        var items: [Item] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<[Item], Never>)] = []
    }

    /// Everything so far.
    package var all: [Item] { state.withLock(\.items) }

    /// Waits until so many have arrived.
    package func first(_ count: Int) async -> [Item] {
        await withCheckedContinuation { continuation in
            let items: [Item]? = state.withLock { state in
                if state.items.count >= count { return state.items }
                state.waiters.append((count, continuation))
                return nil
            }
            if let items { continuation.resume(returning: items) }
        }
    }

    /// Takes one more.
    ///
    /// - Returns: How many there were before.
    @discardableResult
    func add(_ item: Item) -> Int {
        let (number, items, ready) = state.withLock { state in
            state.items.append(item)
            let ready = state.waiters.filter { $0.count <= state.items.count }
            state.waiters.removeAll { $0.count <= state.items.count }
            return (state.items.count - 1, state.items, ready)
        }
        for waiter in ready { waiter.continuation.resume(returning: items) }
        return number
    }
}
