internal import GRDB
internal import MaxCore

extension StoreFolder {
    /// Opens the database and brings its tables up to date, one process after the other.
    func openDatabase(patience: Duration) throws -> DatabasePool {
        do {
            return try lock("open").holding(patience: patience) {
                let pool = try DatabasePool(path: database, configuration: .store(patience: patience))
                try pool.writeWithoutTransaction { database in
                    // A new pool has set NORMAL by itself, with which a power cut may undo the last transactions.
                    try database.execute(sql: "PRAGMA synchronous = FULL")
                }
                try migrate(pool)
                return pool
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: database) }
    }

    private func migrate(_ pool: DatabasePool) throws {
        let applied = try pool.writeWithoutTransaction { try Schema.migrator.appliedIdentifiers($0) }
        let known = Set(Schema.migrator.migrations)
        guard applied.isSubset(of: known) else { throw MaxError.newer(at: database) }
        if applied != known { try Schema.migrator.migrate(pool) }
    }
}

extension Configuration {
    fileprivate static func store(patience: Duration) -> Configuration {
        var configuration = Configuration()
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
