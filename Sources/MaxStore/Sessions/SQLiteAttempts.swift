package import Foundation
internal import GRDB
internal import MaxHub

extension SQLiteStore: AttemptRows {
    package func refusals(of account: String, within span: ClosedRange<Date>) async throws -> [Date] {
        try await read { database in
            let times: SQLRequest<String> = """
                SELECT refused_at FROM setup_refusal WHERE account = \(account)
                AND refused_at BETWEEN \(ColumnText.of(span.lowerBound)) AND \(ColumnText.of(span.upperBound))
                ORDER BY refused_at
                """
            return try times.fetchAll(database).compactMap(ColumnText.time)
        }
    }

    package func noteRefusal(of account: String, within span: ClosedRange<Date>) async throws {
        let (first, last) = (ColumnText.of(span.lowerBound), ColumnText.of(span.upperBound))
        try await write { database in
            try database.execute(
                literal: "DELETE FROM setup_refusal WHERE refused_at NOT BETWEEN \(first) AND \(last)")
            try database.execute(
                literal: "INSERT INTO setup_refusal (account, refused_at) VALUES (\(account), \(last))")
        }
    }

    package func forgetRefusals(of account: String) async throws {
        try await write { try $0.execute(literal: "DELETE FROM setup_refusal WHERE account = \(account)") }
    }
}
