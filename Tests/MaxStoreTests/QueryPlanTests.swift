internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// How SQLite goes about it.
struct QueryPlanTests {
    /// What SQLite says it does for the first page.
    private func plan(
        _ condition: Condition?, order: [Ordering] = [], of connections: [ConnectionID] = [.one], in store: SQLiteStore
    ) async throws -> String {
        let query = RecordQuery(entity: "Parcel", connections: connections, condition: condition, order: order)
        return try await store.writer.read { database in
            let search = try RecordSearch(database, query).plan()
            return try search.parts(after: nil).flatMap { part in
                let text = search.statement(part, after: nil, limit: 51)
                let plan = try RecordStatement(database, once: "EXPLAIN QUERY PLAN " + text.sql)
                return try plan.all(text.values) { $0.text(at: 3) ?? "" }
            }.joined(separator: "\n")
        }
    }

    @Test func `an indexed value is looked up, in the order of the rows`() async throws {
        try await withParcels(200) { store in
            let plan = try await plan(.compare(.status, .equal, .text("rare")), in: store)
            #expect(plan == "SEARCH r USING COVERING INDEX Parcel_by_status (_connection=? AND status=?)")
        }
    }

    @Test func `of several connections each is looked up, and nothing but their pages is sorted`() async throws {
        try await withParcels(200) { store in
            let plan = try await plan(.compare(.status, .equal, .text("rare")), of: [.one, .two], in: store)
            #expect(plan.split(separator: "Parcel_by_status (_connection=? AND status=?)").count == 3)
        }
    }

    @Test func `a test that holds for many is met on the way through the rows`() async throws {
        try await withParcels(5000) { store in
            let many = Condition.compare(.weight, .greater, .integer(10))
            #expect(try await plan(many, in: store) == "SCAN r")
            let few = Condition.compare(.weight, .greater, .integer(4990))
            #expect(try await plan(few, in: store).contains("Parcel_by_weight (_connection=? AND weight>?)"))
            let byWeight = try await plan(
                .compare(.status, .equal, .text("open")), order: [Ordering(.weight, isDescending: true)], in: store)
            #expect(byWeight.contains("Parcel_by_weight"))
            #expect(!byWeight.contains("TEMP B-TREE"))
        }
    }

    @Test(arguments: [false, true]) func `an order with an index needs no sorting`(isDescending: Bool) async throws {
        try await withParcels(10) { store in
            let plan = try await plan(nil, order: [Ordering(.weight, isDescending: isDescending)], in: store)
            #expect(plan.contains("Parcel_by_weight"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test func `words are looked up in the order of the rows`() async throws {
        try await withParcels(10) { store in
            let words = Condition.match(nil, [MatchTerm("parcel")])
            let plan = try await plan(.all([words, .compare(.size, .less, .integer(5))]), in: store)
            #expect(plan.contains("SCAN f VIRTUAL TABLE"))
            #expect(plan.contains("SEARCH r USING INTEGER PRIMARY KEY"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test func `where all records are meant, no record is asked whose it is`() async throws {
        try await withParcels(10) { store in
            let query = RecordQuery(
                entity: "Parcel", connections: [.one], condition: .compare(.size, .equal, .integer(5)))
            let sql = try await store.writer.read { database in
                try RecordSearch(database, query).plan().statement(.unled, after: nil, limit: 1).sql
            }
            #expect(!sql.contains("_connection"))
            _ = try await store.write([Record(Parcel.self, id: "x", ["size": 5])], of: .two, at: noon)
            #expect(try await store.parcels(.compare(.size, .equal, .integer(5)), of: [.one]) == ["p5"])
            #expect(try await store.parcels(.compare(.size, .equal, .integer(5)), of: [.two]) == ["x"])
        }
    }

    @Test func `a few records among many of others are gathered, all of many are read`() async throws {
        try await withParcels(100) { store in
            _ = try await store.write([Record(Parcel.self, id: "x", ["size": 5])], of: .two, at: noon)
            let test = Condition.compare(.size, .equal, .integer(5))
            #expect(try await plan(test, of: [.one], in: store) == "SCAN r")
            #expect(try await plan(test, of: [.two], in: store).contains("(_connection=?)"))
        }
    }
}
