internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordSchemaTests {
    @Test func `the catalog tells what was prepared, in the schema's order`() async throws {
        try await withRecords { store in
            let catalog = try await store.catalog()
            #expect(catalog.map(\.name) == ["Shelf", "Thing"])
            #expect(catalog.map(\.connector) == ["acme", "acme"])
            #expect(catalog[0].fields == [StoredField(name: "name", kind: .string, isTitle: true)])
            #expect(catalog[0].collections == [StoredCollection(name: "things", children: "Thing")])
            #expect(catalog[1].fields.map(\.name) == Thing.definition.fields.map(\.name))
            #expect(catalog[1].field("note") == StoredField(name: "note", kind: .string, isText: true))
            #expect(catalog[1].field("status")?.isIndexed == true)
            #expect(catalog[1].field("shelf")?.kind == .ref("Shelf"))
        }
    }

    @Test func `preparing again changes nothing in the file`() async throws {
        try await withRecords { store in
            let before = try await store.column("PRAGMA schema_version")
            let rows = try await store.column("PRAGMA data_version")
            try await store.prepare(.shelves, of: "acme")
            #expect(try await store.column("PRAGMA schema_version") == before)
            #expect(try await store.column("PRAGMA data_version") == rows)
        }
    }

    @Test func `an entity that a schema has no more keeps its records`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            try await store.prepare(ConnectorSchema(namespace: "acme", entities: [Shelf.self], roots: []), of: "acme")
            #expect(try await store.catalog().map(\.name) == ["Shelf", "Thing"])
            #expect(try await store.thing("t1")?.fields == wholeThing)
        }
    }

    @Test func `refuses an entity that another connector has, and prepares nothing then`() async throws {
        try await withRecords { store in
            let before = try await store.catalog()
            let mixed = [Self.entity("Fresh", ["a"]), Self.entity("THING", ["a"])]
            let code = await refusal {
                try await store.write { database in
                    try SchemaPreparation(mixed, of: "other").carryOut(in: database)
                }
            }
            #expect(code == .entityTaken)
            #expect(try await store.catalog() == before)
            #expect(try await store.column("SELECT name FROM sqlite_schema WHERE name = 'Fresh'").isEmpty)
        }
    }

    @Test(arguments: [
        "", "thing", "Th ing", "Thing_text", "9Things", "Ünit", "A\"b", "A;b", "sqlite_x", "Thing\0", "Run",
        "Connection",
        "SECRET", "Entity", "Edge", "THING",
    ])
    func `refuses an entity whose name a table cannot have`(name: String) async throws {
        try await withRecords { store async throws in
            let code = await refusal { try await store.prepare(Self.entity(name, ["a"]).entity) }
            #expect(code == .entityUnusable)
            #expect(try await store.catalog().map(\.name) == ["Shelf", "Thing"])
        }
    }

    @Test(arguments: [
        [""], ["a\0"], ["a\n"], ["_row"], ["_CHANGE"], ["_anything"], ["id"], ["ID"], ["rowid"], ["same", "Same"],
        ["rank"],
    ])
    func `refuses fields whose names columns cannot have`(names: [String]) async throws {
        try await withRecords { store in
            let code = await refusal { try await store.prepare(Self.entity("Fresh", names).entity) }
            #expect(code == .entityUnusable)
        }
    }

    @Test func `refuses an index whose name is that of another`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.write { try $0.execute(sql: "CREATE TABLE Fresh_by_a (x)") }
            let code = await refusal { try await store.prepare(Self.entity("Fresh", ["a"]).entity) }
            #expect(code == .entityUnusable)
        }
    }

    @Test(arguments: [
        "select", "we\"ird", "it's", "a b", "x]; DROP TABLE Thing; --", "ünï", "%", "rowid2", "change", "NEW",
        "excluded", "match", "日本",
    ])
    func `a field may have any other name`(name: String) async throws {
        try await withRecords { store in
            try await store.prepare(Self.entity("Fresh", [name]).entity)
            let record = Record(Fresh.self, id: "f1", [name: "worded"])
            #expect(try await store.store([record]).counts == ["Fresh": .init(added: 1)])
            #expect(try await store.store([record]).counts == ["Fresh": .init(unchanged: 1)])
            #expect(try await store.stored(Ref("Fresh", "f1"))?.fields == [name: "worded"])
            try await store.store([Record(Fresh.self, id: "f1", [name: "other"])])
            #expect(try await store.column("SELECT rowid FROM Fresh_text WHERE Fresh_text MATCH 'other'") == ["1"])
            #expect(try await store.column("SELECT rowid FROM Fresh_text WHERE Fresh_text MATCH 'worded'").isEmpty)
        }
    }

    @Test func `words of titles and texts are found, and only as they are now`() async throws {
        try await withRecords { store in
            try await store.store([
                "t1": ["name": "Red Box", "note": "crème brûlée"], "t2": ["status": "red"], "t3": ["name": "box"],
            ])
            #expect(try await store.things(matching: "box") == ["t1", "t3"])
            #expect(try await store.things(matching: "red") == ["t1"])
            #expect(try await store.things(matching: "creme brulee") == ["t1"])
            try await store.store(["t1": ["name": "Blue Box"], "t3": ["note": "boxes"]])
            #expect(try await store.things(matching: "red").isEmpty)
            #expect(try await store.things(matching: "blue") == ["t1"])
            #expect(try await store.things(matching: "brulee") == ["t1"])
            try await store.writing { try $0.bury(Ref("Thing", "t3")) }
            #expect(try await store.things(matching: "box") == ["t1"])
            try await store.write { database in
                try database.execute(sql: "INSERT INTO Thing_text (Thing_text) VALUES ('integrity-check')")
            }
        }
    }

    /// An entity whose fields are all texts, found by search and indexed.
    private static func entity(_ name: String, _ fields: [String]) -> EntityShape {
        let stored = fields.map { StoredField(name: $0, kind: .string, isText: true, isIndexed: true) }
        return EntityShape(
            entity: StoredEntity(name: name, connector: "acme", fields: stored, collections: []), former: [:])
    }
}

private enum Fresh: Entity {
    static let definition = EntityDef("Fresh") { Field.string("name") }
}
