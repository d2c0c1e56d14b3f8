internal import Foundation
internal import GRDB
internal import MaxHub

extension Database {
    func passphrase() throws -> StretchedPassphrase? {
        try firstRow("SELECT * FROM access_owner").map { row in
            StretchedPassphrase(
                salt: row["salt"], hash: row["hash"],
                cost: PassphraseCost(
                    rounds: row["rounds"], blockSize: row["block_size"], parallelism: row["parallelism"]))
        }
    }
}

extension StretchedPassphrase {
    /// Stores it in place of whatever was chosen before.
    func store(in database: Database) throws {
        try database.run(
            """
            INSERT OR REPLACE INTO access_owner (id, salt, hash, rounds, block_size, parallelism)
            VALUES (1, \(salt), \(hash), \(cost.rounds), \(cost.blockSize), \(cost.parallelism))
            """)
    }
}

extension OwnerSession {
    init(row: Row) throws {
        self.init(
            id: OwnerSessionID(rawValue: row["id"]),
            visitor: Visitor(address: row["address"], program: row["program"]), beganAt: try row.time("began_at"),
            seenAt: try row.time("seen_at"))
    }

    func insert(_ token: TokenDigest, into database: Database) throws {
        try database.run(
            """
            INSERT INTO access_session (id, token, address, program, began_at, seen_at)
            VALUES (
                \(id.rawValue), \(token.rawValue), \(visitor.address), \(visitor.program), \(ColumnText.of(beganAt)),
                \(ColumnText.of(seenAt))
            )
            """)
    }
}
