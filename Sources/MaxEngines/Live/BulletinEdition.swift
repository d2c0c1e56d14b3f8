/// News, and who is to get them.
///
/// They are handed out by whoever holds no lock. A listener is resumed by what it gets, and leaves in the middle of its
/// task's cancellation: each waits for the task, so that a lock held around one and taken in the other would never open.
struct BulletinEdition {
    let events: [Bulletin.Event]
    let resync: Bulletin.Event
    let listeners: [Int: BulletinBoard.Listener]

    /// Hands the news to everybody, after the advice to look anew to whoever was behind.
    ///
    /// - Returns: Of everybody whether they are behind now.
    func handOut() -> [Int: Bool] {
        listeners.mapValues { listener in
            let due = (listener.isBehind ? [resync] : []) + events
            return !due.allSatisfy(listener.take)
        }
    }
}
