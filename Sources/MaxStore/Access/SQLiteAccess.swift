package import Foundation
internal import GRDB
internal import MaxHub

extension SQLiteStore: AccessRows {
    package func sweepAccess(at time: Date) async throws {
        let now = ColumnText.of(time)
        let longAgo = ColumnText.of(time - DeviceGrant.lifetime)
        try await write { database in
            try database.run(
                """
                DELETE FROM access_session
                WHERE began_at <= \(ColumnText.of(time - OwnerSession.lifetime))
                OR seen_at <= \(ColumnText.of(time - OwnerSession.idleLifetime))
                """)
            try database.run("DELETE FROM access_link WHERE expires_at <= \(now)")
            try database.run("DELETE FROM access_agent WHERE expires_at <= \(now)")
            try database.run("DELETE FROM access_grant WHERE expires_at <= \(longAgo)")
        }
    }
}
