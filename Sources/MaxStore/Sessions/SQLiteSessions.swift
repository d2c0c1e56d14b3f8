package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: SessionRows {
    package func sessions(at time: Date) async throws -> [SetupSession] {
        try await read { database in
            let rows: SQLRequest<Row> = """
                SELECT * FROM setup_session WHERE expires_at > \(ColumnText.of(time))
                ORDER BY created_at DESC, rowid DESC
                """
            return try rows.fetchAll(database).map(SetupSession.init(row:))
        }
    }

    package func session(_ id: SessionID) async throws -> SetupSession? {
        try await read { database in
            let rows: SQLRequest<Row> = "SELECT * FROM setup_session WHERE id = \(id.rawValue)"
            return try rows.fetchOne(database).map(SetupSession.init(row:))
        }
    }

    package func insert(_ session: SetupSession) async throws {
        try await write { try session.insert(into: $0) }
    }

    package func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        try await write { database in
            let before = try database.connection(of: session.id, at: session.revision - 1)
            try session.update(in: database)
            if before != session.connection { try database.deleteStaged(of: before) }
            for field in dropping { try database.deleteSecret(field, of: session.connection, stage: .staged) }
            for sealed in secrets { try sealed.staged.store(in: database) }
        }
    }

    package func discard(_ id: SessionID) async throws {
        try await writeAndWipe { try $0.discardSession(id.rawValue) }
    }

    package func discardExpired(at time: Date) async throws {
        let expired: SQLRequest<String> = "SELECT id FROM setup_session WHERE expires_at <= \(ColumnText.of(time))"
        guard try await read({ try expired.fetchOne($0) != nil }) else { return }
        try await writeAndWipe { database in
            for id in try expired.fetchAll(database) { try database.discardSession(id) }
        }
    }
}

extension Database {
    /// The connection of a session that is still at that revision.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `setup_ended` or `revision_stale`.
    func connection(of session: SessionID, at revision: Int) throws -> ConnectionID {
        let rows: SQLRequest<Row> = "SELECT connection_id, revision FROM setup_session WHERE id = \(session.rawValue)"
        guard let row = try rows.fetchOne(self) else { throw MaxError.setupEnded }
        guard row["revision"] == revision else { throw MaxError.revisionStale }
        return ConnectionID(rawValue: row["connection_id"])
    }

    fileprivate func discardSession(_ id: String) throws {
        let gone: SQLRequest<String> = "DELETE FROM setup_session WHERE id = \(id) RETURNING connection_id"
        guard let connection = try gone.fetchOne(self) else { return }
        try deleteStaged(of: ConnectionID(rawValue: connection))
    }
}
