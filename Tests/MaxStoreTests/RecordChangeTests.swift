internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordChangeTests {
    @Test func `tells each change once, as it stands now, in the order of the changes`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "a"], "t2": ["name": "b"]])
            try await store.store([Record(Shelf.self, id: "s1", ["name": "c"])])
            try await store.store(["t1": ["name": "d"], "t2": ["name": "b"]])
            try await store.writing { try $0.bury(Ref("Thing", "t2")) }
            let changes = try await store.changes(of: .one, after: 0, limit: 10)
            #expect(changes.map(\.ref) == [Ref("Shelf", "s1"), Ref("Thing", "t1"), Ref("Thing", "t2")])
            #expect(changes.map(\.sequence) == changes.map(\.sequence).sorted())
            #expect(changes.map { $0.record?.fields } == [["name": "c"], ["name": "d"], nil])
        }
    }

    @Test func `pages that follow each other tell everything, and nothing twice`() async throws {
        try await withRecords { store in
            for round in 0..<20 {
                try await store.store(["t\(round)": ["name": "x"], "u\(round)": ["name": "x"]])
                try await store.store([Record(Shelf.self, id: "s\(round)", [:])])
                if round.isMultiple(of: 3) { try await store.writing { try $0.bury(Ref("Thing", "u\(round)")) } }
            }
            let all = try await store.changes(of: .one, after: 0, limit: 1000)
            var (paged, place): ([RecordChange], Int64) = ([], 0)
            while case let page = try await store.changes(of: .one, after: place, limit: 7), let last = page.last {
                #expect(page.count <= 7)
                paged += page
                place = last.sequence
            }
            #expect(paged == all)
            #expect(all.count == 60)
        }
    }

    @Test func `a write that changes nothing is no change`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            let before = try await store.changes(of: .one, after: 0, limit: 10)
            try await store.store(["t1": wholeThing])
            try await store.prepare(.shelves, of: "acme")
            #expect(try await store.changes(of: .one, after: 0, limit: 10) == before)
            let place = try #require(before.last?.sequence)
            #expect(try await store.changes(of: .one, after: place, limit: 10).isEmpty)
        }
    }

    @Test func `changes of one connection are not another's`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "mine"]], of: .one)
            try await store.store(["t1": ["name": "yours"]], of: .two)
            #expect(try await store.changes(of: .two, after: 0, limit: 10).map(\.record?.connection) == [.two])
        }
    }

    @Test func `a change is later than all before it, in whatever transaction`() async throws {
        try await withRecords { store in
            var sequences: [Int64] = []
            for round in 0..<5 {
                try await store.store(["t\(round)": [:]], of: round.isMultiple(of: 2) ? .one : .two)
                for connection in [ConnectionID.one, .two] {
                    sequences += try await store.changes(of: connection, after: sequences.max() ?? 0, limit: 9).map(
                        \.sequence)
                }
            }
            #expect(sequences == sequences.sorted())
            #expect(Set(sequences).count == 5)
        }
    }

    @Test func `reads no more rows than it tells, however many there are`() async throws {
        try await withRecords { store in
            try await store.store(["t1": [:]])
            try await store.store([Record(Shelf.self, id: "s1", [:])])
            let plan = try await store.read { database in
                let searches = try ChangeReading(database, of: .one)?.searches ?? []
                return try searches.flatMap { search in
                    try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + search, arguments: [1, 0, 10])
                        .map { $0["detail"] as String }
                }
            }
            for table in ["Shelf", "Thing"] {
                #expect(
                    plan.contains(
                        "SEARCH \(table) USING COVERING INDEX \(table)_by__change (_connection=? AND _change>?)"))
            }
            #expect(
                plan.contains { $0.hasPrefix("SEARCH gone_record USING") && $0.contains("(connection=? AND change>?)") }
            )
            #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") })
        }
    }
}
