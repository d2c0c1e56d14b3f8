internal import GRDB
internal import MaxCore
internal import Synchronization

/// The connections to the database: some that read, and one that writes, which is opened with the first write.
///
/// Who only reads so waits for nobody who writes, and needs no place that can be written to.
final class StoreDoors: Sendable {
    /// The connections that read.
    let reader: DatabasePool
    private let folder: StoreFolder
    private let patience: Duration
    private let opened: Mutex<DatabaseQueue?>

    /// Opens the database; makes it, or brings its tables up to date, where that is needed.
    init(_ folder: StoreFolder, patience: Duration) throws {
        (self.folder, self.patience) = (folder, patience)
        do {
            let current = try folder.openForReading(patience: patience)
            opened = Mutex(current == nil ? try folder.openForWriting(patience: patience) : nil)
            reader = try current ?? folder.reader(at: folder.database, patience: patience)
        } catch let fault as DatabaseError { throw MaxError(fault, at: folder.database) }
    }

    /// The connection that writes.
    var writer: DatabaseQueue {
        get throws {
            try opened.withLock { writer in
                if let writer { return writer }
                let opened = try folder.openForWriting(patience: patience)
                writer = opened
                return opened
            }
        }
    }

    /// Closes all of it, the connection that writes at last: it tidies the log away, which who only reads cannot.
    func close() {
        try? reader.close()
        try? opened.withLock { try $0?.close() }
    }
}
