internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub

@testable internal import MaxStore

/// A list of things.
enum Shelf: Entity {
    static let definition = EntityDef("Shelf") {
        Field.string("name", .title)
        Field.collection("things", of: Thing.self)
    }
}

/// Something with a field of each kind.
enum Thing: Entity {
    static let definition = EntityDef("Thing") {
        Field.string("name", .title)
        Field.string("note", .text, .optional)
        Field.string("status", .indexed)
        Field.integer("size", .optional)
        Field.decimal("price", .optional)
        Field.boolean("isNew", .optional)
        Field.date("madeAt", .optional)
        Field.url("home", .optional)
        Field.json("labels", .optional)
        Field.ref("shelf", to: Shelf.self, .optional)
    }
}

extension ConnectorSchema {
    static let shelves = ConnectorSchema(namespace: "acme", entities: [Shelf.self, Thing.self], roots: [Shelf.self])
}

/// A thing with a value for every field.
let wholeThing: [String: JSON] = [
    "name": "Box", "note": "a note", "status": "open", "size": 3, "price": 2.5, "isNew": true, "madeAt": "2026-01-05",
    "home": "https://acme.test", "labels": ["a", ["b": nil]], "shelf": "s1",
]

func someThing(_ id: String, _ fields: [String: JSON]) -> MaxCore.Record { MaxCore.Record(Thing.self, id: id, fields) }

/// Runs `body` with a store that has two connections and the tables of the schema.
func withRecords(
    _ schema: ConnectorSchema = .shelves, _ body: (SQLiteStore) async throws -> Void
) async throws {
    try await withFolder { folder in
        let store = try SQLiteStore(folder: folder)
        try await store.connect(.sample(.one, slug: "a", account: "dana"))
        try await store.connect(.sample(.two, slug: "b", account: "eve"))
        try await store.prepare(schema, of: "acme")
        try await body(store)
    }
}

extension SQLiteStore {
    /// Stores things of the first connection, or of another.
    @discardableResult
    func store(_ things: [String: [String: JSON]], of connection: ConnectionID = .one) async throws -> WriteCounts {
        try await store(things.sorted { $0.key < $1.key }.map { someThing($0.key, $0.value) }, of: connection)
    }

    /// Stores records of the first connection, or of another.
    @discardableResult
    func store(_ records: [MaxCore.Record], of connection: ConnectionID = .one) async throws -> WriteCounts {
        try await write(records, of: connection, at: noon)
    }

    /// A stored thing; nil when there is none.
    func thing(_ id: String, of connection: ConnectionID = .one) async throws -> StoredRecord? {
        try await stored(Ref("Thing", id), of: connection)
    }

    /// A stored record; nil when there is none.
    func stored(_ ref: Ref, of connection: ConnectionID = .one) async throws -> StoredRecord? {
        guard case .present(let record, _, _)? = try await record(ref, of: connection) else { return nil }
        return record
    }

    /// What a writer does in one transaction.
    @discardableResult
    func writing<Result: Sendable>(
        for connection: ConnectionID = .one, _ work: @escaping @Sendable (inout RecordWriter) throws -> Result
    ) async throws -> (result: Result, counts: WriteCounts) {
        try await write { database in
            var writer = try RecordWriter(database, connection: connection, at: noon)
            return (try work(&writer), try writer.finish())
        }
    }

    /// The single column of a query.
    func column(_ sql: String) async throws -> [String?] {
        try await read { try String?.fetchAll($0, sql: sql) }
    }

    /// The ids of things whose text has a word.
    func things(matching word: String) async throws -> [String] {
        try await read { database in
            try String.fetchAll(
                database,
                sql:
                    "SELECT id FROM Thing JOIN Thing_text ON Thing_text.rowid = _row WHERE Thing_text MATCH ? ORDER BY id",
                arguments: [word])
        }
    }
}

extension TaskStep.Listing {
    static func things(of shelf: String) -> TaskStep.Listing {
        TaskStep.Listing(parent: Ref(Shelf.self, shelf), field: "things", children: "Thing")
    }
}

extension SQLiteStore {
    /// Prepares one entity of the connector `acme`.
    func prepare(_ entity: StoredEntity, former: [String: [String]] = [:]) async throws {
        try await write { database in
            try SchemaPreparation([EntityShape(entity: entity, former: former)], of: "acme").carryOut(in: database)
        }
    }
}
