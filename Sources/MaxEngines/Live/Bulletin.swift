internal import Foundation
internal import MaxHub
internal import Synchronization

/// What happens in a project, for whoever listens: connections, syncs and setups that are new, different or gone.
///
/// One look at the store serves every listener. A page that was made while ``number`` was n misses nothing when it listens
/// from n on: the news are what differs from a look that is older than the page.
package final class Bulletin: Sendable {
    /// How many events a listener may leave untaken, before it is told to look at everything anew.
    static let queue = 64
    /// How many past events can be had again.
    static let memory = 1000

    private let engines: Engines
    private let pause: Duration
    private let board: Mutex<BulletinBoard>
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    /// Creates a bulletin; ``run()`` may be called once.
    ///
    /// - Parameter pause: How long to wait between two looks.
    package init(_ engines: Engines, pause: Duration = .milliseconds(250)) {
        self.engines = engines
        self.pause = pause
        // Numbers of an earlier process are lower than any of this one's.
        let start = Int(engines.surroundings.now().timeIntervalSince1970 * 1000)
        board = Mutex(BulletinBoard(number: start))
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The number of the newest event.
    package var number: Int { board.withLock(\.number) }

    /// Listens, from an event on that is known, or from now on.
    ///
    /// A listener that asks for events that are not known any more, or leaves too many untaken, gets `resync`.
    package func events(after number: Int? = nil) -> AsyncStream<Event> {
        let (stream, listener) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingOldest(Self.queue))
        let id = board.withLock { $0.add(listener, after: number) }
        listener.onTermination = { [weak self] _ in self?.board.withLock { $0.remove(id) } }
        arrival.yield()
        return stream
    }

    /// Looks for news as long as somebody listens, until the task is cancelled; then every listener's events end.
    package func run() async {
        var arrivals = arrivals.makeAsyncIterator()
        var sight = BulletinSight()
        while !Task.isCancelled {
            let isFirst = sight.isBlank
            if let news = try? await sight.look(at: engines) {
                board.withLock { isFirst ? $0.begin() : $0.post(news) }
            }
            if board.withLock(\.isEmpty) {
                guard await arrivals.next() != nil else { break }
            } else {
                try? await Task.sleep(for: pause)
            }
        }
        for listener in board.withLock({ $0.close() }) { listener.finish() }
    }
}

extension Bulletin {
    /// One thing that happened.
    package struct Event: Sendable, Hashable {
        /// Higher than every earlier one's.
        package let number: Int
        package let kind: Kind
        /// The changed bodies as JSON, made once for all listeners.
        package let data: String
    }

    /// What an event is about.
    package enum Kind: String, Sendable, Hashable {
        /// `{"sources": […], "gone": [ids of connections]}`
        case connections
        /// `{"run": …}`
        case run
        /// `{"setup": …}`, or `{"gone": [id]}` when it is over
        case setup
        /// `{}`: too much happened to tell; look at everything anew.
        case resync
    }
}
