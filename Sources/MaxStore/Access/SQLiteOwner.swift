package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: OwnerRows {
    package func passphrase() async throws -> StretchedPassphrase? {
        try await read { try $0.passphrase() }
    }

    package func putWelcome(_ token: TokenDigest, until: Date) async throws {
        try await write { database in
            try database.run("DELETE FROM access_link WHERE purpose = 'welcome'")
            try database.run(
                """
                INSERT INTO access_link (token, purpose, expires_at)
                VALUES (\(token.rawValue), 'welcome', \(ColumnText.of(until)))
                """)
        }
    }

    package func hasWelcome(_ token: TokenDigest, at time: Date) async throws -> Bool {
        try await read { database in
            try database.firstRow(
                """
                SELECT 1 FROM access_link
                WHERE token = \(token.rawValue) AND purpose = 'welcome' AND expires_at > \(ColumnText.of(time))
                """) != nil
        }
    }

    package func choose(
        _ passphrase: StretchedPassphrase, with link: TokenDigest, beginning session: OwnerSession, _ token: TokenDigest
    ) async throws {
        try await write { database in
            let used = try database.run(
                """
                DELETE FROM access_link
                WHERE token = \(link.rawValue) AND purpose = 'welcome' AND expires_at > \(ColumnText.of(session.beganAt))
                """)
            guard used == 1 else { throw MaxError.welcomeSpent }
            try passphrase.store(in: database)
            try database.run("DELETE FROM access_session")
            try session.insert(token, into: database)
        }
    }

    package func begin(
        _ session: OwnerSession, _ token: TokenDigest, knowing passphrase: StretchedPassphrase,
        raisedTo raised: StretchedPassphrase, replacing former: TokenDigest?
    ) async throws -> Bool {
        try await write { database in
            // Two sign-ins may both raise the cost of the same passphrase; the later one finds it raised.
            guard try database.passphrase() == passphrase else { return false }
            if raised != passphrase { try raised.store(in: database) }
            if let former { try database.run("DELETE FROM access_session WHERE token = \(former.rawValue)") }
            try session.insert(token, into: database)
            return true
        }
    }
}

extension SQLiteStore {
    package func ownerSession(_ token: TokenDigest) async throws -> OwnerSession? {
        try await read { database in
            try database.firstRow("SELECT * FROM access_session WHERE token = \(token.rawValue)")
                .map(OwnerSession.init(row:))
        }
    }

    package func ownerSessions() async throws -> [OwnerSession] {
        try await read { database in
            try database.allRows("SELECT * FROM access_session ORDER BY began_at DESC, number DESC")
                .map(OwnerSession.init(row:))
        }
    }

    package func noteSession(_ id: OwnerSessionID, seenAt time: Date) async throws {
        _ = try await write { database in
            try database.run(
                "UPDATE access_session SET seen_at = \(ColumnText.of(time)) WHERE id = \(id.rawValue)")
        }
    }

    package func endSession(_ id: OwnerSessionID) async throws -> Bool {
        try await write { try $0.run("DELETE FROM access_session WHERE id = \(id.rawValue)") == 1 }
    }

    package func endSession(_ token: TokenDigest) async throws {
        _ = try await write { try $0.run("DELETE FROM access_session WHERE token = \(token.rawValue)") }
    }
}

extension SQLiteStore {
    package func putLink(_ token: TokenDigest, to setup: SessionID, until: Date, atMost most: Int) async throws {
        try await write { database in
            try database.run(
                """
                INSERT INTO access_link (token, purpose, setup_id, expires_at)
                VALUES (\(token.rawValue), 'setup', \(setup.rawValue), \(ColumnText.of(until)))
                """)
            try database.run(
                """
                DELETE FROM access_link WHERE setup_id = \(setup.rawValue) AND number NOT IN (
                    SELECT number FROM access_link WHERE setup_id = \(setup.rawValue)
                    ORDER BY number DESC LIMIT \(most)
                )
                """)
        }
    }

    package func useLink(_ token: TokenDigest, at time: Date) async throws -> SessionID? {
        try await write { database in
            try database.firstRow(
                """
                DELETE FROM access_link
                WHERE token = \(token.rawValue) AND purpose = 'setup' AND expires_at > \(ColumnText.of(time))
                RETURNING setup_id
                """
            ).map { SessionID(rawValue: $0["setup_id"]) }
        }
    }
}
