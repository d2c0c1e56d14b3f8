/// The events of a bulletin and who listens to them.
struct BulletinBoard {
    /// The number of the newest event.
    private(set) var number: Int
    private var past: [Bulletin.Event] = []
    private var listeners: [Int: Listener] = [:]
    private var nextListener = 0

    /// Somebody who listens.
    private struct Listener {
        let events: AsyncStream<Bulletin.Event>.Continuation
        /// Whether it left so many untaken that it has to look anew.
        var isBehind = false
    }

    init(number: Int) { self.number = number }

    /// Whether nobody listens.
    var isEmpty: Bool { listeners.isEmpty }

    /// Adds a listener, with what happened since an event.
    mutating func add(_ events: AsyncStream<Bulletin.Event>.Continuation, after known: Int?) -> Int {
        nextListener += 1
        listeners[nextListener] = Listener(events: events)
        let oldest = past.first?.number ?? number + 1
        if let known, known < oldest - 1 || known > number {
            hand(resync, to: nextListener)
        } else if let known {
            for event in past where event.number > known { hand(event, to: nextListener) }
        }
        return nextListener
    }

    /// Notes that from now on everything is seen: whoever knows an earlier number has to look anew.
    mutating func begin() { number += 1 }

    mutating func remove(_ id: Int) { listeners[id] = nil }

    /// Hands news to everybody, and the advice to look anew to whoever is behind and has taken something since.
    mutating func post(_ news: [BulletinNews]) {
        for id in listeners.keys where listeners[id]?.isBehind == true {
            listeners[id]?.isBehind = false
            hand(resync, to: id)
        }
        for item in news {
            number += 1
            let event = Bulletin.Event(number: number, kind: item.kind, data: item.data)
            past.append(event)
            for id in listeners.keys { hand(event, to: id) }
        }
        if past.count > Bulletin.memory { past.removeFirst(past.count - Bulletin.memory) }
    }

    /// Lets everybody go; what is given back is to be ended by whoever holds no lock, since listeners take their leave then.
    mutating func close() -> [AsyncStream<Bulletin.Event>.Continuation] {
        defer { listeners = [:] }
        return listeners.values.map(\.events)
    }

    private var resync: Bulletin.Event { Bulletin.Event(number: number, kind: .resync, data: "{}") }

    private mutating func hand(_ event: Bulletin.Event, to id: Int) {
        guard let listener = listeners[id], !listener.isBehind else { return }
        if case .dropped = listener.events.yield(event) { listeners[id]?.isBehind = true }
    }
}
