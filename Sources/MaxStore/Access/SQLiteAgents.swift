package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: AgentRows {
    package func putGrant(
        _ grant: DeviceGrant, _ code: TokenDigest, seed: Data, atMost most: Int
    ) async throws -> Bool {
        try await write { database in
            let now = ColumnText.of(grant.requestedAt)
            let waiting = try database.firstRow(
                "SELECT count(*) AS count FROM access_grant WHERE decision = 'waiting' AND expires_at > \(now)")
            guard (waiting?["count"] ?? 0) < most else { throw MaxError.grantsFull }
            return try grant.insert(code, seed, into: database)
        }
    }

    package func grant(_ code: UserCode) async throws -> DeviceGrant? {
        try await read { try $0.grant(code) }
    }

    package func grant(_ code: TokenDigest) async throws -> (grant: DeviceGrant, seed: Data)? {
        try await read { database in
            try database.firstRow("SELECT * FROM access_grant WHERE device_code = \(code.rawValue)")
                .map { (try DeviceGrant(row: $0), $0["seed"]) }
        }
    }

    package func decide(
        _ verdict: DeviceGrant.Verdict, on code: UserCode, at time: Date
    ) async throws -> DeviceGrant? {
        try await write { database in
            guard let grant = try database.grant(code), grant.isWaiting(at: time) else { return nil }
            try verdict.store(for: code, in: database)
            return try database.grant(code)
        }
    }

    package func notePoll(
        _ code: TokenDigest, since last: Date?, at time: Date, interval: Int
    ) async throws -> Bool {
        try await write { database in
            try database.run(
                """
                UPDATE access_grant SET polled_at = \(ColumnText.of(time)), poll_interval = \(interval)
                WHERE device_code = \(code.rawValue) AND polled_at IS \(last.map(ColumnText.of))
                """) == 1
        }
    }
}

extension SQLiteStore {
    package func admit(_ agent: Agent, _ token: TokenDigest, by code: TokenDigest) async throws -> Bool {
        try await write { database in
            let approved = try database.firstRow(
                "SELECT 1 FROM access_grant WHERE device_code = \(code.rawValue) AND decision = 'approved'")
            guard approved != nil else { return false }
            try agent.insert(token, into: database)
            try database.run(
                """
                UPDATE access_grant SET
                    decision = 'redeemed', allowed = NULL, agent_id = \(agent.id.rawValue),
                    redeemed_at = \(ColumnText.of(agent.createdAt))
                WHERE device_code = \(code.rawValue)
                """)
            return true
        }
    }

    package func agent(_ token: TokenDigest) async throws -> Agent? {
        try await read { database in
            try database.firstRow("SELECT * FROM access_agent WHERE token = \(token.rawValue)").map(Agent.init(row:))
        }
    }

    package func agents() async throws -> [Agent] {
        try await read { database in
            try database.allRows("SELECT * FROM access_agent ORDER BY created_at DESC, number DESC")
                .map(Agent.init(row:))
        }
    }

    package func noteAgent(_ id: AgentID, usedAt time: Date) async throws {
        _ = try await write { database in
            try database.run(
                "UPDATE access_agent SET used_at = \(ColumnText.of(time)) WHERE id = \(id.rawValue)")
        }
    }

    package func removeAgent(_ id: AgentID) async throws -> Bool {
        try await write { try $0.run("DELETE FROM access_agent WHERE id = \(id.rawValue)") == 1 }
    }
}
