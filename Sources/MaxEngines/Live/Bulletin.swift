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
    private let pace: Pace
    private let board: Mutex<BulletinBoard>
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    /// Creates a bulletin; ``run()`` may be called once.
    ///
    package init(_ engines: Engines, pace: Pace = Pace()) {
        self.engines = engines
        self.pace = pace
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
            let mark = try? await engines.mark()
            let start = ContinuousClock.now
            await look(&sight)
            if board.withLock(\.isEmpty) {
                guard await arrivals.next() != nil else { break }
            } else {
                await wait(for: mark, since: start)
            }
        }
        for listener in board.withLock({ $0.close() }) { listener.finish() }
    }

    /// Looks, and posts what is different; the first time everything is, and nothing is posted.
    private func look(_ sight: inout BulletinSight) async {
        let isFirst = sight.isBlank
        guard let news = try? await sight.look(at: engines) else { return }
        guard !isFirst else { return board.withLock { $0.begin() } }
        let edition = board.withLock { $0.post(news) }
        let behind = edition.handOut()
        board.withLock { $0.note(behind: behind) }
    }

    /// Waits until something was stored since a mark, or it is time to look anyway.
    ///
    /// A look that took long is followed by a rest several times as long, so that looking never takes a core to itself.
    private func wait(for mark: Int64?, since start: ContinuousClock.Instant) async {
        var pause = max(pace.glance, start.duration(to: .now) * pace.rest)
        while !Task.isCancelled, start.duration(to: .now) < pace.look {
            try? await Task.sleep(for: pause)
            guard let now = try? await engines.mark(), now == mark else { return }
            pause = pace.glance
        }
    }
}

extension Bulletin {
    /// How often a bulletin looks.
    package struct Pace: Sendable {
        /// How long to wait before seeing whether anything was stored.
        var glance: Duration
        /// When to look although nothing was: that a process died is not stored.
        var look: Duration
        /// How many times as long as it took to look not to look again.
        var rest: Int

        package init(glance: Duration = .milliseconds(25), look: Duration = .seconds(2), rest: Int = 2) {
            (self.glance, self.look, self.rest) = (glance, look, rest)
        }
    }

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
        /// `{"notices": […], "unread": 2}`
        case notices
        /// `{}`: too much happened to tell; look at everything anew.
        case resync
    }
}
