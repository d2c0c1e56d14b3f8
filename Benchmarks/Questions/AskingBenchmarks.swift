internal import MaxQuery

extension Benchmark {
    /// First pages of questions about a million records, beside the same in SQLite's own shell, its start included.
    static func asking(of records: ManyRecords) -> [Benchmark] {
        [
            Benchmark("page by an indexed filter", beside: "sqlite3 shell", target: .median(.milliseconds(5))) {
                try await pages(
                    Page(filter: "status = blocked", sql: "_connection = 1 AND status = 'blocked'"), of: records)
            },
            Benchmark("page by full text", beside: "sqlite3 shell", target: .median(.milliseconds(20))) {
                try await pages(
                    Page(
                        match: "budget contract",
                        sql: "_row IN (SELECT rowid FROM BenchTask_text WHERE BenchTask_text MATCH 'budget contract')"),
                    of: records)
            },
            Benchmark("page by an unindexed scan", beside: "sqlite3 shell", target: .rate(0.7)) {
                try await pages(
                    Page(filter: "position >= 999990", sql: "position >= 999990"), rounds: 7, of: records,
                    seeing: ManyRecords.count)
            },
        ]
    }

    /// A first page, in our words and in SQL.
    private struct Page {
        var filter: String?
        var match: String?
        let sql: String

        var request: SearchRequest {
            SearchRequest(scope: "many", entity: "BenchTask", filter: filter, match: match)
        }

        var select: String { "SELECT * FROM BenchTask WHERE \(sql) ORDER BY _row LIMIT 51" }
    }

    private static func pages(
        _ page: Page, rounds: Int = 50, of records: ManyRecords, seeing amount: Int = 1
    ) async throws -> Measurement {
        let store = try await records.store
        let query = QueryService(records: store, connections: store)
        return try await Measurement(rounds, of: amount) {
            try await time {
                guard try await !query.search(page.request).records.isEmpty else { throw NothingFound() }
            }
        } reference: {
            try await ProgramRun("sqlite3", ["-readonly", records.database, page.select]).time
        }
    }
}
