internal import Foundation
internal import GRDB
internal import MaxCore

extension StoreFolder {
    /// Opens the database to be read only, which asks for no lock that a writer has.
    ///
    /// - Returns: nil when it is not there yet, its tables are not up to date, or it has to be opened for writing first.
    func openForReading(patience: Duration) throws -> DatabasePool? {
        guard hasDatabase else { return nil }
        do {
            return try current(reader(at: database, patience: patience))
        } catch let fault as DatabaseError where fault.resultCode == .SQLITE_CANTOPEN && !hasLog {
            // The last process that wrote has just taken the files away that are shared; who may write makes them anew.
            if access(path, W_OK) == 0 { return nil }
            // SQLite cannot make the files there that it shares with those who write; so there are none.
            let unchanging = URL(filePath: database).absoluteString + "?immutable=1"
            return try current(reader(at: unchanging, patience: patience))
        }
    }

    /// Opens what can be read at a path or a `file:` address.
    func reader(at address: String, patience: Duration) throws -> DatabasePool {
        try DatabasePool(path: address, configuration: .store(patience: patience, isReadOnly: true))
    }

    /// Opens the database and brings its tables up to date, one process after the other.
    func openForWriting(patience: Duration) throws -> DatabaseQueue {
        try prepare()
        do {
            return try lock("open").holding(patience: patience) {
                let writer = try DatabaseQueue(path: database, configuration: .store(patience: patience))
                try writer.writeWithoutTransaction { database in
                    // A new connection has set NORMAL by itself, with which a power cut may undo the last transactions.
                    try database.execute(sql: "PRAGMA synchronous = FULL")
                }
                if try !isUpToDate(writer) { try Schema.migrator.migrate(writer) }
                return writer
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: database) }
    }

    private func current(_ reader: DatabasePool) throws -> DatabasePool? { try isUpToDate(reader) ? reader : nil }

    /// - Throws: ``MaxCore/MaxError`` with code `database_newer`.
    private func isUpToDate(_ connection: some DatabaseReader) throws -> Bool {
        let applied = try connection.read { try Schema.migrator.appliedIdentifiers($0) }
        let known = Set(Schema.migrator.migrations)
        guard applied.isSubset(of: known) else { throw MaxError.newer(at: database) }
        return applied == known
    }
}

extension Configuration {
    fileprivate static func store(patience: Duration, isReadOnly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(patience / .seconds(1))
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // Only a new file takes it. Of records around 1 KB, pages of the usual 4096 bytes would waste a quarter.
            try database.execute(sql: "PRAGMA page_size = 8192")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            database.add(function: OtherFields.merging)
            TextFolding.addFunctions(to: database)
        }
        return configuration
    }
}
