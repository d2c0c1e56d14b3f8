/// The events of a bulletin and who listens to them.
struct BulletinBoard {
    /// The number of the newest event.
    private(set) var number: Int
    private var past: [Bulletin.Event] = []
    private var listeners: [Int: Listener] = [:]
    private var nextListener = 0

    /// Somebody who listens.
    struct Listener {
        let events: AsyncStream<Bulletin.Event>.Continuation
        /// Whether it left so many untaken that it has to look anew.
        var isBehind = false

        /// Hands over one event.
        ///
        /// - Returns: Whether there was room for it.
        func take(_ event: Bulletin.Event) -> Bool {
            if case .dropped = events.yield(event) { false } else { true }
        }
    }

    init(number: Int) { self.number = number }

    /// Whether nobody listens.
    var isEmpty: Bool { listeners.isEmpty }

    /// Adds a listener, of whose events none was taken yet, with what happened since an event.
    mutating func add(_ events: AsyncStream<Bulletin.Event>.Continuation, after known: Int?) -> Int {
        nextListener += 1
        var listener = Listener(events: events)
        if let known {
            let oldest = past.first?.number ?? number + 1
            let isLost = known < oldest - 1 || known > number
            let missed = isLost ? [resync] : past.filter { $0.number > known }
            listener.isBehind = !missed.allSatisfy(listener.take)
        }
        listeners[nextListener] = listener
        return nextListener
    }

    /// Notes that from now on everything is seen: whoever knows an earlier number has to look anew.
    mutating func begin() { number += 1 }

    mutating func remove(_ id: Int) { listeners[id] = nil }

    /// Adds news to what happened; they are told by the edition.
    mutating func post(_ news: [BulletinNews]) -> BulletinEdition {
        let resync = resync
        let events = news.map { item in
            number += 1
            return Bulletin.Event(number: number, kind: item.kind, data: item.data)
        }
        past.append(contentsOf: events)
        if past.count > Bulletin.memory { past.removeFirst(past.count - Bulletin.memory) }
        return BulletinEdition(events: events, resync: resync, listeners: listeners)
    }

    /// Notes of everybody who got an edition whether they are behind.
    mutating func note(behind: [Int: Bool]) {
        for (id, isBehind) in behind { listeners[id]?.isBehind = isBehind }
    }

    /// Lets everybody go; what is given back is to be ended by whoever holds no lock, since listeners take their leave then.
    mutating func close() -> [AsyncStream<Bulletin.Event>.Continuation] {
        defer { listeners = [:] }
        return listeners.values.map(\.events)
    }

    private var resync: Bulletin.Event { Bulletin.Event(number: number, kind: .resync, data: "{}") }
}
