package import Foundation
internal import GRDB
internal import MaxCore

/// The durable store of a project: one SQLite file in WAL mode, safe for several processes at once.
///
/// A method that returns has put what it wrote on the disk. What is erased is overwritten in the file and removed from
/// the log.
package struct SQLiteStore: Sendable {
    let folder: StoreFolder
    let watch: StoreWatch
    let endedRuns = EndedRuns()
    private let doors: StoreDoors

    /// Opens the store in a project's folder `.max`, which is made when it is missing.
    ///
    /// A store that is up to date is opened while others write, and where nothing can be written but SQLite can read.
    ///
    /// - Parameter patience: How long a write waits for other processes.
    /// - Throws: ``MaxCore/MaxError`` when the folder cannot be read or made, or when the file is no database or that of a
    ///   newer version.
    package init(folder: URL, patience: Duration = .seconds(10)) throws {
        self.folder = StoreFolder(folder)
        do { try self.folder.prepare() } catch let error as MaxError where error.code == .databaseReadOnly {
            // What cannot be written may still be read; a write says so again.
        }
        doors = try StoreDoors(self.folder, patience: patience)
        watch = StoreWatch(self.folder.database)
    }

    /// Closes the database: what was written is in the one file then, unless another process has it open.
    package func close() {
        watch.close()
        doors.close()
    }

    /// The connection that writes.
    var writer: DatabaseQueue {
        get throws { try doors.writer }
    }

    /// Copies one state of the database into another one; blocks until that is done.
    func backUp(to target: DatabaseQueue) throws { try doors.reader.backup(to: target) }

    /// Reads from one state of the database.
    func read<Result: Sendable>(_ work: @Sendable (Database) throws -> Result) async throws -> Result {
        do { return try await doors.reader.read(work) } catch let fault as DatabaseError {
            throw MaxError(fault, at: folder.database)
        }
    }

    /// Writes in one transaction.
    ///
    /// Once asked for it is carried out even when the task that asks is cancelled: undoing a cancelled setup is a write.
    func write<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        do {
            let writer = try writer
            return try await withCheckedThrowingContinuation { continuation in
                writer.asyncWrite(work) { _, result in continuation.resume(with: result) }
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: folder.database) }
    }

    /// Writes in one transaction that deletes for good: the log, which still has the old pages, is emptied after it.
    ///
    /// While another process is in the middle of a long read, that is left to the next deletion or the end of the last
    /// process that writes.
    func writeAndWipe(_ work: @escaping @Sendable (Database) throws -> Void) async throws {
        try await write(work)
        let writer = try writer
        await withCheckedContinuation { continuation in
            writer.asyncWriteWithoutTransaction { database in
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
