internal import Synchronization

/// What there is to connect, found out once: it is the same for as long as the process lives.
final class KnownSources: Sendable {
    private let known = Mutex<SourceBook?>(nil)

    /// The sources, which `find` tells the first time.
    func book(_ find: () async -> SourceBook) async -> SourceBook {
        if let book = known.withLock(\.self) { return book }
        let book = await find()
        known.withLock { $0 = book }
        return book
    }
}
