internal import Synchronization

/// What a double knows, as it follows from a journal.
package protocol JournaledState: Sendable {
    /// One line of the journal.
    associatedtype Entry: Codable & Sendable

    /// Applies one line; a line that does not fit the state changes nothing.
    mutating func apply(_ entry: Entry)
}

/// How much a world begins with.
package protocol SandboxSize: Sendable, Codable, Equatable, CustomStringConvertible {}

/// A double's state as this process knows it, kept level with the journal that other processes may add to.
package final class Ledger<State: JournaledState>: Sendable {
    private struct Books: ~Copyable, Sendable {
        var journal: JournalFile<State.Entry>?
        var state: State

        /// Applies what other processes wrote.
        mutating func catchUp() throws(JournalFailure) {
            for entry in try journal?.newEntries() ?? [] { state.apply(entry) }
        }

        mutating func append(_ entry: State.Entry) throws(JournalFailure) {
            try journal?.append(entry)
            state.apply(entry)
        }
    }

    private let books: Mutex<Books>
    /// The state before anything happened.
    package let beginning: State

    /// Opens the folder's world, or begins one in memory.
    ///
    /// A seed or size that is nil is the folder's; in a new world it is 1, and `otherwise`.
    package init<Size: SandboxSize>(
        seed: UInt64?, size: Size?, otherwise: Size, folder: String?, _ begin: (UInt64, Size) -> State
    ) throws(SandboxError) {
        guard let folder else {
            beginning = begin(seed ?? 1, size ?? otherwise)
            books = Mutex(Books(journal: nil, state: beginning))
            return
        }
        let place = try DataFolder(folder)
        let journal = try place.openJournal(of: State.Entry.self)
        let world = try Ledger.world(in: place, journal, seed, size, otherwise)
        beginning = begin(world.seed, world.size)
        books = Mutex(Books(journal: journal, state: beginning))
    }

    /// Reads or chooses the folder's world while no other process does.
    private static func world<Size: SandboxSize>(
        in place: DataFolder, _ journal: borrowing JournalFile<State.Entry>, _ seed: UInt64?, _ size: Size?,
        _ otherwise: Size
    ) throws(SandboxError) -> DataFolder.Recorded<Size> {
        do {
            try journal.lock()
        } catch {
            throw .folderUnusable(path: place.path, reason: error.reason)
        }
        defer { journal.unlock() }
        return try place.world(seed: seed, size: size, otherwise: otherwise)
    }

    /// Gives the state of this moment.
    package func current() throws -> State {
        try books.withLock { books in
            try books.catchUp()
            return books.state
        }
    }

    /// Decides on the newest state what is to happen and lets it happen, alone among all processes.
    ///
    /// The decision may throw to refuse, or give nil to leave everything as it is. Blocks its thread for the journal's
    /// lock and disk.
    package func commit(_ decide: (State) throws -> State.Entry?) throws -> (before: State, after: State) {
        try books.withLock { books in
            try books.journal?.lock()
            defer { books.journal?.unlock() }
            try books.catchUp()
            let before = books.state
            if let entry = try decide(before) { try books.append(entry) }
            return (before, books.state)
        }
    }
}
