internal import Foundation
internal import GRDB
internal import MaxHub

extension Database {
    func grant(_ code: UserCode) throws -> DeviceGrant? {
        try firstRow("SELECT * FROM access_grant WHERE user_code = \(code.letters)").map(DeviceGrant.init(row:))
    }
}

extension DeviceGrant {
    init(row: Row) throws {
        guard let userCode = UserCode(row["user_code"]) else { throw DatabaseError.unreadable("user_code") }
        self.init(
            userCode: userCode, name: row["name"], scopes: try row.json("scopes"),
            visitor: Visitor(address: row["address"], program: row["program"]),
            requestedAt: try row.time("requested_at"), state: try State(row: row), interval: row["poll_interval"],
            polledAt: try row.optionalTime("polled_at"))
    }

    /// - Returns: False, with nothing stored, when another request has its user code.
    func insert(_ code: TokenDigest, _ seed: Data, into database: Database) throws -> Bool {
        try database.run(
            """
            INSERT INTO access_grant (
                device_code, user_code, seed, name, scopes, address, program, requested_at, expires_at, poll_interval,
                decision
            ) VALUES (
                \(code.rawValue), \(userCode.letters), \(seed), \(name), \(scopes.columnText), \(visitor.address),
                \(visitor.program), \(ColumnText.of(requestedAt)), \(ColumnText.of(expiresAt)), \(interval), 'waiting'
            )
            ON CONFLICT (user_code) DO NOTHING
            """) == 1
    }
}

extension DeviceGrant.State {
    fileprivate init(row: Row) throws {
        switch row["decision"] as String {
        case "waiting": self = .waiting
        case "approved": self = .decided(.approved(try row.json("allowed")))
        case "denied": self = .decided(.denied)
        case "redeemed": self = .redeemed(AgentID(rawValue: row["agent_id"]), at: try row.time("redeemed_at"))
        default: throw DatabaseError.unreadable("decision")
        }
    }
}

extension DeviceGrant.Verdict {
    /// Stores what the owner says of a request.
    func store(for code: UserCode, in database: Database) throws {
        switch self {
        case .approved(let scopes):
            try database.run(
                """
                UPDATE access_grant SET decision = 'approved', allowed = \(scopes.columnText)
                WHERE user_code = \(code.letters)
                """)
        case .denied:
            try database.run("UPDATE access_grant SET decision = 'denied' WHERE user_code = \(code.letters)")
        }
    }
}
