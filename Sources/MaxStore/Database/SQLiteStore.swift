package import Foundation
internal import GRDB
internal import MaxCore

/// The durable store of a project: one SQLite file in WAL mode, safe for several processes at once.
///
/// A method that returns has put what it wrote on the disk. What is erased is overwritten in the file and removed from
/// the log.
package struct SQLiteStore: Sendable {
    let pool: DatabasePool
    let folder: StoreFolder
    let watch: StoreWatch

    /// Opens the store in a project's folder `.max`, which is made when it is missing.
    ///
    /// - Parameter patience: How long a write waits for other processes.
    /// - Throws: ``MaxCore/MaxError`` when the folder cannot be written, or when the file is no database or that of a
    ///   newer version.
    package init(folder: URL, patience: Duration = .seconds(10)) throws {
        self.folder = StoreFolder(folder)
        try self.folder.prepare()
        pool = try self.folder.openDatabase(patience: patience)
        watch = StoreWatch(self.folder.database)
    }

    /// Reads from one state of the database.
    func read<Result: Sendable>(_ work: @Sendable (Database) throws -> Result) async throws -> Result {
        do { return try await pool.read(work) } catch let fault as DatabaseError {
            throw MaxError(fault, at: folder.database)
        }
    }

    /// Writes in one transaction.
    ///
    /// Once asked for it is carried out even when the task that asks is cancelled: undoing a cancelled setup is a write.
    func write<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncWrite(work) { _, result in continuation.resume(with: result) }
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: folder.database) }
    }

    /// Writes in one transaction that deletes for good: the log, which still has the old pages, is emptied after it.
    ///
    /// While another process is in the middle of a long read, that is left to the next deletion or the last process's end.
    func writeAndWipe(_ work: @escaping @Sendable (Database) throws -> Void) async throws {
        try await write(work)
        await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                database.emptyLog()
                continuation.resume()
            }
        }
    }
}

extension Database {
    /// Moves the log into the file and empties it, unless someone is reading from it for longer than a moment.
    fileprivate func emptyLog() {
        guard let patience = try? Int.fetchOne(self, sql: "PRAGMA busy_timeout") else { return }
        try? execute(sql: "PRAGMA busy_timeout = 250")
        _ = try? checkpoint(.truncate)
        try? execute(sql: "PRAGMA busy_timeout = \(patience)")
    }
}
