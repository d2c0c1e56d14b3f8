internal import GRDB
internal import MaxHub

extension Database {
    /// Deletes the records of a connection so that nothing of them is left in the file; what refers to the connection
    /// by its number goes with it.
    func eraseRecords(of connection: ConnectionID) throws {
        let number = try RecordStatement(self, "SELECT number FROM connection WHERE id = ?")
            .first(.text(connection.rawValue)) { $0.integer(at: 0) }
        guard let number else { return }
        for table in try EntityCatalog(self).all().map(EntityTable.init) {
            let deleted = try RecordStatement(self, "DELETE FROM \(table.name) WHERE _connection = ?")
                .run(.integer(number))
            guard deleted > 0, let optimization = table.textOptimization else { continue }
            // What a full-text index forgets it only marks, until it is rewritten as one piece.
            try execute(sql: optimization)
        }
    }
}
