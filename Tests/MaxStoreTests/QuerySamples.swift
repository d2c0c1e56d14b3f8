internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

enum Parcel: Entity {
    static let definition = EntityDef("Parcel") {
        Field.string("title", .title)
        Field.string("note", .text, .optional)
        Field.string("status", .indexed)
        Field.integer("weight", .indexed, .optional)
        Field.integer("size", .optional)
        Field.ref("sender", to: Person.self, .optional)
    }
}

enum Person: Entity {
    static let definition = EntityDef("Person") {
        Field.string("email", .indexed)
        Field.ref("boss", to: Person.self, .optional)
    }
}

extension ConnectorSchema {
    static let post = ConnectorSchema(namespace: "post", entities: [Parcel.self, Person.self], roots: [Parcel.self])
}

extension FieldPath {
    static let title = FieldPath(field: "title", kind: .string)
    static let status = FieldPath(field: "status", kind: .string)
    static let weight = FieldPath(field: "weight", kind: .integer)
    static let size = FieldPath(field: "size", kind: .integer)

    static func sender(bosses: Int = 0, _ field: String = "email") -> FieldPath {
        let boss = FieldPath.Step(field: "boss", entity: "Person")
        return FieldPath(
            steps: [FieldPath.Step(field: "sender", entity: "Person")] + Array(repeating: boss, count: bosses),
            field: field, kind: .string)
    }
}

/// Runs `body` with a store with two connections, of which the first has parcels with the numbers up to `count`.
func withParcels(_ count: Int, _ body: (SQLiteStore) async throws -> Void) async throws {
    try await withFolder { folder in
        let store = try SQLiteStore(folder: folder)
        try await store.connect(.sample())
        try await store.connect(.sample(.two, slug: "other", account: "other"))
        try await store.prepare(.post, of: "acme")
        let parcels = (0..<count).map { number in
            Record(
                Parcel.self, id: "p\(number)",
                [
                    "title": .string("parcel \(number)"), "status": number.isMultiple(of: 100) ? "rare" : "open",
                    "weight": JSON(number), "size": JSON(number), "sender": "s1",
                ])
        }
        _ = try await store.write(parcels, of: .one, at: noon)
        _ = try await store.write(
            [Record(Person.self, id: "s1", ["email": "s@x.test", "boss": "s1"])], of: .one, at: noon)
        try await body(store)
    }
}

extension SQLiteStore {
    /// The ids of the parcels for which a condition holds.
    func parcels(_ condition: Condition, of connections: [ConnectionID] = [.one, .two]) async throws -> [String] {
        let query = RecordQuery(entity: "Parcel", connections: connections, condition: condition, limit: 10_000)
        return try await search(query).records.map(\.ref.id)
    }
}
