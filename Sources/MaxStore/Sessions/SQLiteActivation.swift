internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func activate(_ activation: Activation) async throws {
        try await write { database in
            try database.consume(activation.session, for: activation.connection.id)
            try database.store(activation.connection, replaces: activation.replaces)
            try database.putStagedInForce(of: activation.connection.id)
            try database.forgetRefusal(of: activation.connection.id)
            try activation.run.store(in: database)
        }
    }
}

extension Database {
    /// Deletes a session at its revision, and what it staged for any other connection than the one it activates.
    fileprivate func consume(_ session: SetupSession, for connection: ConnectionID) throws {
        let staged = try self.connection(of: session.id, at: session.revision)
        try execute(literal: "DELETE FROM setup_session WHERE id = \(session.id.rawValue)")
        if staged != connection { try deleteStaged(of: staged) }
        try run(
            "UPDATE recording SET connection_id = \(connection.rawValue) WHERE subject = \(session.id.rawValue)")
    }

    fileprivate func store(_ connection: Connection, replaces: Bool) throws {
        guard replaces else { return try connection.insert(into: self) }
        guard try connection.update(in: self) else { throw MaxError.connectionNotFound(connection.id) }
    }

    /// Puts staged secrets in the place of those in force; where none is staged, the one in force stays.
    fileprivate func putStagedInForce(of connection: ConnectionID) throws {
        let id = connection.rawValue
        try execute(
            literal: """
                DELETE FROM secret WHERE connection_id = \(id) AND stage = 'active'
                AND field IN (SELECT field FROM secret WHERE connection_id = \(id) AND stage = 'staged')
                """)
        try execute(literal: "UPDATE secret SET stage = 'active' WHERE connection_id = \(id) AND stage = 'staged'")
    }

    /// Forgets that the provider refused the credential: another one may be in force now.
    fileprivate func forgetRefusal(of connection: ConnectionID) throws {
        try execute(
            literal: """
                UPDATE sync_state SET refusal = NULL, setback = NULL
                WHERE connection = (SELECT number FROM connection WHERE id = \(connection.rawValue))
                """)
    }
}
