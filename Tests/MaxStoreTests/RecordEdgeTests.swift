internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordEdgeTests {
    @Test func `a record tells its children and its parents`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            try await store.link(["t3"], to: "s1", page: 1, reading: 1)
            try await store.link(["t1"], to: "s2", page: 0, reading: 2)
            guard case .present(_, let children, let noParents)? = try await store.record(Ref("Shelf", "s1"), of: .one),
                case .present(_, let noChildren, let parents)? = try await store.record(Ref("Thing", "t1"), of: .one)
            else {
                Issue.record("not stored")
                return
            }
            #expect(children == [EdgeGroup(field: "things", entity: "Thing", count: 3, first: ["t1", "t2", "t3"])])
            #expect(parents == [Ref("Shelf", "s1"), Ref("Shelf", "s2")])
            #expect(noParents.isEmpty && noChildren.isEmpty)
            let edges = try await store.column(
                "SELECT connection || ' ' || parent_entity || ' ' || parent_id || ' ' || field || ' ' || child_entity "
                    + "|| ' ' || child_id FROM record_edge ORDER BY 1")
            #expect(edges.first == "a Shelf s1 things Thing t1")
        }
    }

    @Test func `edges of one connection are not another's`() async throws {
        try await withRecords { store in
            try await store.link(["t1"], to: "s1", page: 0, reading: 1)
            try await store.link(["t9"], to: "s1", page: 0, reading: 2, of: .two)
            #expect(try await store.children(of: "s1") == ["t1"])
            #expect(try await store.children(of: "s1", of: .two) == ["t9"])
            try await store.writing(for: .two) { writer in
                try writer.close(.things(of: "s1"), reading: 3)
                try writer.buryUnlisted(["Thing"])
            }
            #expect(try await store.children(of: "s1") == ["t1"])
            #expect(try await store.thing("t1") != nil)
            #expect(try await store.thing("t9", of: .two) == nil)
        }
    }

    @Test func `a record that is gone takes along what only it had`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            try await store.link(["t2"], to: "s2", page: 0, reading: 2)
            try await store.writing { writer throws in #expect(try writer.bury(Ref("Shelf", "s1"))) }
            #expect(try await store.thing("t1") == nil)
            #expect(try await store.thing("t2") != nil)
            #expect(try await store.children(of: "s2") == ["t2"])
            try await store.writing { writer throws in #expect(try !writer.bury(Ref("Shelf", "s1"))) }
        }
    }

    @Test func `a list read to its end drops the edges it did not see, and only its own`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2", "t3"], to: "s1", page: 0, reading: 1)
            try await store.link(["t1", "t2"], to: "s2", page: 0, reading: 2)
            try await store.link(["t3", "t4"], to: "s1", page: 0, reading: 3)
            #expect(try await store.children(of: "s1") == ["t1", "t2", "t3", "t4"])
            try await store.writing { try $0.close(.things(of: "s1"), reading: 3) }
            #expect(try await store.children(of: "s1") == ["t3", "t4"])
            #expect(try await store.children(of: "s2") == ["t1", "t2"])
        }
    }

    @Test func `an unmodified page tells its children, which then count as seen`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            try await store.link(["t3"], to: "s1", page: 1, reading: 1)
            let confirmed = try await store.writing { writer in
                let confirmed = try writer.confirm(.things(of: "s1"), page: 0, reading: 2)
                try writer.close(.things(of: "s1"), reading: 2)
                return confirmed
            }
            #expect(confirmed.result == ["t1", "t2"])
            #expect(confirmed.counts.counts.isEmpty)
            #expect(try await store.children(of: "s1") == ["t1", "t2"])
        }
    }

    @Test func `a child that moved to another page is confirmed with that page only`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            try await store.link(["t2"], to: "s1", page: 1, reading: 2)
            let pages = try await store.writing { writer in
                try [0, 1].map { try writer.confirm(.things(of: "s1"), page: $0, reading: 3) }
            }
            #expect(pages.result == [["t1"], ["t2"]])
        }
    }

    @Test func `what no list has any more is gone, and what only it had in its lists too`() async throws {
        try await withRecords { store in
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            try await store.link(["t2", "t3"], to: "s2", page: 0, reading: 2)
            try await store.store([Record(Shelf.self, id: "root", [:])])
            let listing = TaskStep.Listing(parent: Ref("Root", "r"), field: "shelves", children: "Shelf")
            let done = try await store.writing { writer in
                try writer.link(listing, ["s2", "root"], page: 0, reading: 3)
                try writer.buryUnlisted(["Shelf", "Thing"])
            }
            #expect(done.counts.counts == ["Shelf": .init(gone: 1), "Thing": .init(gone: 1)])
            #expect(try await store.column("SELECT id FROM Thing ORDER BY id") == ["t2", "t3"])
            #expect(try await store.column("SELECT id FROM Shelf ORDER BY id") == ["root", "s2"])
            #expect(try await store.column("SELECT id FROM gone_record ORDER BY id") == ["s1", "t1"])
        }
    }

    @Test func `entities that are not named stay, listed or not`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            try await store.store([Record(Shelf.self, id: "s1", [:])])
            try await store.writing { try $0.buryUnlisted(["Shelf"]) }
            #expect(try await store.thing("t1") != nil)
            #expect(try await store.stored(Ref("Shelf", "s1")) == nil)
        }
    }

    @Test func `thousands of unlisted records go, and the listed ones stay`() async throws {
        try await withRecords { store in
            let ids = (0..<2500).map { "t\($0)" }
            try await store.store(ids.map { someThing($0, [:]) })
            let listed = ids.filter { $0.hasSuffix("7") }.sorted()
            let done = try await store.writing { writer in
                try writer.link(.things(of: "s1"), listed, page: 0, reading: 1)
                try writer.buryUnlisted(["Thing"])
            }
            #expect(done.counts.counts == ["Thing": .init(gone: 2250)])
            #expect(try await store.column("SELECT id FROM Thing ORDER BY id") == listed)
            #expect(try await store.tallies().map(\.count) == [250])
        }
    }

    @Test func `a record that is gone leaves its last state, and no edge from or to it`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "Box", "size": "odd", "extra": [1]]])
            try await store.link(["t1", "t2"], to: "s1", page: 0, reading: 1)
            let buried = try await store.writing { try ($0.bury(Ref("Thing", "t1")), $0.bury(Ref("Thing", "t1"))) }
            #expect(buried.result == (true, false))
            #expect(buried.counts.counts == ["Thing": .init(gone: 1)])
            let last: [String: JSON] = ["name": "Box", "size": "odd", "extra": [1]]
            #expect(try await store.record(Ref("Thing", "t1"), of: .one) == .gone(since: noon, last: last))
            #expect(try await store.children(of: "s1") == ["t2"])
            try await store.writing { try $0.bury(Ref("Shelf", "s1")) }
            #expect(try await store.column("SELECT count(*) FROM edge") == ["0"])
            #expect(try await store.record(Ref("Thing", "never"), of: .one) == nil)
        }
    }

    @Test func `a record that comes back has no tombstone any more`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            try await store.writing { writer in
                _ = try writer.bury(Ref("Thing", "t1"))
                _ = try writer.store(someThing("t1", ["name": "again"]))
            }
            #expect(try await store.thing("t1")?.fields == ["name": "again"])
            #expect(try await store.column("SELECT id FROM gone_record").isEmpty)
            #expect(try await store.tallies().map(\.count) == [1])
            try await store.writing { try $0.bury(Ref("Thing", "t1")) }
            #expect(try await store.store(["t1": wholeThing]).counts == ["Thing": .init(added: 1)])
            #expect(try await store.column("SELECT id FROM gone_record").isEmpty)
        }
    }
}

extension SQLiteStore {
    /// Stores a page of a shelf, with the shelf and the things on it.
    fileprivate func link(
        _ things: [String], to shelf: String, page: Int, reading: Int64, of connection: ConnectionID = .one
    ) async throws {
        try await writing(for: connection) { writer in
            _ = try writer.store(Record(Shelf.self, id: shelf, [:]))
            for id in things { _ = try writer.store(someThing(id, [:])) }
            try writer.link(.things(of: shelf), things, page: page, reading: reading)
        }
    }

    fileprivate func children(of shelf: String, of connection: ConnectionID = .one) async throws -> [String] {
        guard case .present(_, let children, _)? = try await record(Ref("Shelf", shelf), of: connection) else {
            return []
        }
        return children.flatMap(\.first)
    }
}
