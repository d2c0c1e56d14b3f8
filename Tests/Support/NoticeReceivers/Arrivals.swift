internal import Synchronization

/// What has arrived at a receiver so far, for whoever waits for more.
package final class Arrivals<Item: Sendable>: Sendable {
    private let items = Mutex<[Item]>([])

    /// Everything so far.
    package var all: [Item] { items.withLock(\.self) }

    /// Waits until so many have arrived, two minutes at most.
    ///
    /// - Returns: What has arrived by then.
    package func first(_ count: Int) async -> [Item] {
        let end = ContinuousClock.now + .seconds(120)
        while all.count < count, .now < end, (try? await Task.sleep(for: .milliseconds(20))) != nil {}
        return all
    }

    /// Takes one more.
    ///
    /// - Returns: How many there were before.
    @discardableResult
    func add(_ item: Item) -> Int {
        items.withLock { items in
            items.append(item)
            return items.count - 1
        }
    }
}
