/// The master keys at hand: the one in use, and those before it that some data key may still need.
struct KeyRing: Sendable {
    let current: MasterKey
    let older: [MasterKey]

    /// Makes a ring; a key that is named twice counts once.
    init(current: MasterKey, older: [MasterKey]) {
        self.current = current
        var ids: Set<String> = [current.id]
        self.older = older.filter { ids.insert($0.id).inserted }
    }

    /// Every key, the one in use first.
    var all: [MasterKey] { [current] + older }

    /// The key of that id.
    subscript(id: String) -> MasterKey? { all.first { $0.id == id } }
}

/// Why there is no ring.
struct KeyRingFault: Error, Hashable {
    /// Whether no key is configured at all, rather than one that cannot be used.
    var isAbsent = false
    /// What is wrong, to follow “locked: ”.
    let reason: String
    /// What to do, as an imperative sentence.
    let fix: String
}
