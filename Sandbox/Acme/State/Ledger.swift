import Synchronization

/// The tenant's state as this process knows it, kept level with the journal that other processes may add to.
final class Ledger: Sendable {
    private struct Books: ~Copyable, Sendable {
        var journal: JournalFile?
        var state: TenantState

        /// Applies what other processes wrote.
        mutating func catchUp() throws(JournalFailure) {
            for entry in try journal?.newEntries() ?? [] { state.apply(entry) }
        }

        mutating func append(_ entry: JournalEntry) throws(JournalFailure) {
            try journal?.append(entry)
            state.apply(entry)
        }
    }

    private let books: Mutex<Books>
    let world: World

    /// Opens the folder's world, or begins one in memory.
    init(seed: UInt64?, size: AcmeSize?, folder: String?) throws(AcmeSandboxError) {
        guard let folder else {
            world = World(seed: seed ?? 1, size: size ?? .small)
            books = Mutex(Books(journal: nil, state: TenantState(world)))
            return
        }
        let place = try DataFolder(folder)
        let journal = try place.openJournal()
        world = try Ledger.world(in: place, journal, seed, size)
        books = Mutex(Books(journal: journal, state: TenantState(world)))
    }

    /// Reads or chooses the folder's world while no other process does.
    private static func world(
        in place: DataFolder, _ journal: borrowing JournalFile, _ seed: UInt64?, _ size: AcmeSize?
    ) throws(AcmeSandboxError) -> World {
        do {
            try journal.lock()
        } catch {
            throw .folderUnusable(path: place.path, reason: error.reason)
        }
        defer { journal.unlock() }
        return try place.world(seed: seed, size: size)
    }

    /// Gives the state of this moment.
    func current() throws -> TenantState {
        try books.withLock { books in
            try books.catchUp()
            return books.state
        }
    }

    /// Decides on the newest state what is to happen and lets it happen, alone among all processes.
    ///
    /// The decision may throw to refuse, or give nil to leave everything as it is. Blocks its thread for the journal's
    /// lock and disk.
    func commit(
        _ actor: Int?, _ decide: (TenantState, Timestamp) throws -> JournalEntry.Event?
    ) throws -> (before: TenantState, after: TenantState) {
        try books.withLock { books in
            try books.journal?.lock()
            defer { books.journal?.unlock() }
            try books.catchUp()
            let before = books.state
            let now = Timestamp.now()
            if let event = try decide(before, now) {
                try books.append(JournalEntry(at: now, actor: actor, event: event))
            }
            return (before, books.state)
        }
    }
}
