internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Synchronization

/// A connection to the database that does nothing but see whether others have written.
///
/// SQLite's `data_version` is told by each connection for itself, and changes with the commits of every other one
/// (<https://www.sqlite.org/pragma.html#pragma_data_version>).
final class StoreWatch: Sendable {
    private let path: String
    private let queue = Mutex<DatabaseQueue?>(nil)

    init(_ path: String) { self.path = path }

    /// The version of the data as this connection counts.
    func version() async throws -> Int64 {
        // It is asked many times a second: one statement that stays prepared, and no transaction around it.
        try await opened().unsafeRead { database in
            try Int64.fetchOne(database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
        }
    }

    /// Closes the connection.
    func close() {
        queue.withLock { queue in
            try? queue?.close()
            queue = nil
        }
    }

    private func opened() throws -> DatabaseQueue {
        try queue.withLock { queue in
            if let queue { return queue }
            var configuration = Configuration()
            configuration.readonly = true
            let opened = try DatabaseQueue(path: path, configuration: configuration)
            queue = opened
            return opened
        }
    }
}

extension SQLiteStore: ChangeMark {
    package func mark() async throws -> Int64 {
        do { return try await watch.version() } catch let fault as DatabaseError {
            throw MaxError(fault, at: folder.database)
        }
    }
}
