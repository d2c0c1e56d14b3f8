internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordEvolutionTests {
    @Test func `a new field is absent from what was stored before`() async throws {
        try await evolving([.string("a")], to: [.string("a"), .integer("b")]) { store in
            try await store.store(["t1": ["a": "x"]])
        } then: { store async throws in
            #expect(try await store.thing("t1")?.fields == ["a": "x"])
            #expect(try await store.store(["t1": ["b": nil]]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.fields == ["a": "x", "b": nil])
        }
    }

    @Test func `a new field takes what was kept of it`() async throws {
        try await evolving([.string("a")], to: [.string("a"), .integer("b")]) { store in
            try await store.store(["t1": ["a": "x", "b": 7], "t2": ["b": "seven"], "t3": ["b": nil]])
        } then: { store async throws in
            #expect(try await store.thing("t1")?.fields == ["a": "x", "b": 7])
            #expect(try await store.thing("t1")?.others == [:] as [String: JSON])
            #expect(try await store.thing("t2")?.fields == ["b": nil])
            #expect(try await store.thing("t2")?.others == ["b": "seven"])
            #expect(try await store.thing("t3")?.fields == ["b": nil])
        }
    }

    @Test func `a dropped field leaves its values, and comes back with them`() async throws {
        try await evolving([.string("a"), .decimal("b")], to: [.string("a")]) { store in
            try await store.store(["t1": ["a": "x", "b": 1.5], "t2": ["b": nil], "t3": ["a": "y"], "t4": ["b": "odd"]])
        } then: { store async throws in
            #expect(try await store.thing("t1")?.others == ["b": 1.5])
            #expect(try await store.thing("t2")?.others == ["b": nil])
            #expect(try await store.thing("t4")?.others == ["b": "odd"])
            try await store.prepare(.of(.string("a"), .decimal("b")))
            #expect(try await store.thing("t1")?.fields == ["a": "x", "b": 1.5])
            #expect(try await store.thing("t2")?.fields == ["b": nil])
            #expect(try await store.thing("t3")?.fields == ["a": "y"])
            #expect(try await store.thing("t4")?.others == ["b": "odd"])
        }
    }

    @Test func `a renamed field brings its values along, also those that came early or did not fit`() async throws {
        try await withThing(.of(.integer("a"))) { store in
            try await store.store(["t1": ["a": 1], "t2": ["a": "odd"], "t3": ["b": 3], "t4": ["a": 4, "b": 5]])
            try await store.prepare(.of(.integer("b")), former: ["b": ["z", "a"]])
            #expect(try await store.thing("t1")?.fields == ["b": 1])
            #expect(try await store.thing("t2")?.others == ["b": "odd"])
            #expect(try await store.thing("t3")?.fields == ["b": 3])
            #expect(try await store.thing("t4")?.fields == ["b": 5])
            #expect(try await store.thing("t4")?.others == ["a": 4])
        }
    }

    @Test func `a rename of a collection keeps its edges`() async throws {
        try await withRecords { store in
            try await store.store(["t1": [:]])
            try await store.writing { try $0.link(.things(of: "s1"), ["t1"], page: 0, reading: 1) }
            let renamed = StoredEntity(
                name: "Shelf", connector: "acme", fields: [StoredField(name: "name", kind: .string)],
                collections: [StoredCollection(name: "goods", children: "Thing")])
            try await store.prepare(renamed, former: ["goods": ["things"]])
            #expect(try await store.column("SELECT field FROM record_edge") == ["goods"])
        }
    }

    @Test(
        arguments: [
            (.integer, .decimal, 3, 3.0), (.integer, .string, 3, "3"), (.decimal, .string, 2.5, "2.5"),
            (.decimal, .string, 1e300, "1e+300"), (.boolean, .string, true, "true"),
            (.json, .string, ["a", 1], #"["a",1]"#),
            (.json, .string, "a", "a"), (.string, .json, "a", "a"), (.integer, .json, 3, 3),
            (.boolean, .json, false, false),
            (.date, .string, "2026-01-05", "2026-01-05"), (.string, .url, "x", "x"), (.string, .ref("Shelf"), "s", "s"),
            (.decimal, .integer, 3.0, 3), (.string, .integer, "12", 12), (.string, .boolean, "true", true),
            (.string, .decimal, "2.5", 2.5), (.string, .date, "2026-01-05T01:00:00+01:00", "2026-01-05T00:00:00Z"),
            (.json, .integer, 5, 5),
        ] as [(StoredField.Kind, StoredField.Kind, JSON, JSON)])
    func `another kind converts what it can`(
        old: StoredField.Kind, new: StoredField.Kind, value: JSON, converted: JSON
    ) async throws {
        try await evolving([StoredField(name: "a", kind: old)], to: [StoredField(name: "a", kind: new)]) { store in
            try await store.store(["t1": ["a": value], "t2": ["a": nil], "t3": [:]])
        } then: { store async throws in
            #expect(try await store.thing("t1")?.fields == ["a": converted])
            #expect(try await store.thing("t1")?.others == [:] as [String: JSON])
            #expect(try await store.thing("t2")?.fields == ["a": nil])
            #expect(try await store.thing("t3")?.fields == [:] as [String: JSON])
        }
    }

    @Test(
        arguments: [
            (.decimal, .integer, 2.5), (.string, .integer, "012"), (.string, .boolean, "yes"), (.string, .date, "soon"),
            (.json, .integer, [1]), (.boolean, .integer, true), (.integer, .date, 2026), (.string, .decimal, "1,5"),
        ] as [(StoredField.Kind, StoredField.Kind, JSON)])
    func `a narrower kind keeps what does not fit beside it, until it fits again`(
        old: StoredField.Kind, new: StoredField.Kind, value: JSON
    ) async throws {
        try await evolving([StoredField(name: "a", kind: old)], to: [StoredField(name: "a", kind: new)]) { store in
            try await store.store(["t1": ["a": value]])
        } then: { store async throws in
            #expect(try await store.thing("t1")?.fields == ["a": nil])
            #expect(try await store.thing("t1")?.others == ["a": value])
            try await store.prepare(.of(StoredField(name: "a", kind: old)))
            #expect(try await store.thing("t1")?.fields == ["a": value])
            #expect(try await store.thing("t1")?.others == [:] as [String: JSON])
        }
    }

    @Test func `indexes and texts follow the schema`() async throws {
        let plain = StoredField(name: "a", kind: .string)
        let rich = StoredField(name: "a", kind: .string, isTitle: true, isIndexed: true)
        let indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'Thing_by%' ORDER BY name"
        try await withThing(.of(plain)) { store in
            try await store.store(["t1": ["a": "worded"]])
            try await store.prepare(.of(rich))
            #expect(try await store.things(matching: "worded") == ["t1"])
            #expect(try await store.column(indexes) == ["Thing_by__change", "Thing_by_a"])
            try await store.store(["t2": ["a": "worded too"]])
            #expect(try await store.things(matching: "worded") == ["t1", "t2"])
            try await store.prepare(.of(plain))
            #expect(try await store.column(indexes) == ["Thing_by__change"])
            #expect(try await store.column("SELECT name FROM sqlite_schema WHERE name LIKE 'Thing_text%'").isEmpty)
            #expect(try await store.thing("t2")?.fields == ["a": "worded too"])
        }
    }

    @Test func `a rewritten table keeps connections, changes and the order of records`() async throws {
        try await evolving([.string("a")], to: [.integer("b"), .string("a")]) { store in
            for id in ["t3", "t1", "t2"] { try await store.store([id: ["a": .string(id)]], of: .two) }
            try await store.store(["t1": ["a": "mine"]])
            try await store.store(["t1": ["a": "later"]], of: .two)
            try await store.writing(for: .two) { try $0.bury(Ref("Thing", "t3")) }
        } then: { store async throws in
            #expect(
                try await store.column("SELECT id || _connection FROM Thing ORDER BY _row") == ["t12", "t22", "t11"])
            let changes = try await store.changes(of: .two, after: 0, limit: 9)
            #expect(changes.map(\.ref.id) == ["t2", "t1", "t3"])
            #expect(changes.map { $0.record?.fields } == [["a": "t2"], ["a": "later"], nil])
            #expect(try await store.tallies().map(\.count) == [1, 2])
            #expect(try await store.store(["t1": ["a": "mine"]]).counts == ["Thing": .init(unchanged: 1)])
        }
    }

    @Test(arguments: 0..<40)
    func `whatever a schema goes through, every value is still there`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let records = (0..<12).map { ("t\($0)", someFields(&random)) }
        let expected = Dictionary(uniqueKeysWithValues: records)
        try await withThing(.of(.string("a"))) { store in
            try await store.store(expected)
            for _ in 0..<6 {
                try await store.prepare(someShape(&random))
                for (id, fields) in expected {
                    let stored = try await store.thing(id)
                    let all = (stored?.fields ?? [:]).merging(stored?.others ?? [:]) { _, misfit in misfit }
                    #expect(all.mapValues(\.plain) == fields.mapValues(\.plain))
                }
                #expect(try await store.store(expected).counts["Thing"]?.added == 0)
            }
        }
    }
}

/// Fields with random names and values of random kinds.
private func someFields(_ random: inout SeededRandom) -> [String: JSON] {
    let values: [JSON] = [
        nil, true, 0, 42, -1, 2.5, 3.0, 1e300, "", "word", "42", "2.5", "true", "2026-01-05", "2026-01-05T09:00:00Z",
        ["a", 1], ["k": nil], "null", "[1]",
    ]
    let names = ["a", "b", "c", "d"].filter { _ in Bool.random(using: &random) }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, values.randomElement(using: &random) ?? nil) })
}

/// An entity with some of the names as fields, in any order and of any kinds.
private func someShape(_ random: inout SeededRandom) -> StoredEntity {
    let kinds: [StoredField.Kind] = [.string, .integer, .decimal, .boolean, .date, .url, .json, .ref("Shelf")]
    let names = ["a", "b", "c", "d"].filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
    return StoredEntity(
        name: "Thing", connector: "acme",
        fields: names.map { name in
            StoredField(
                name: name, kind: kinds.randomElement(using: &random) ?? .string, isText: .random(using: &random),
                isIndexed: .random(using: &random))
        }, collections: [])
}

extension JSON {
    /// The value as a word, which stays the same whatever kind a field makes of it.
    fileprivate var plain: String { string ?? (isNull ? "\0" : text) }
}

extension StoredEntity {
    fileprivate static func of(_ fields: StoredField...) -> StoredEntity {
        StoredEntity(name: "Thing", connector: "acme", fields: fields, collections: [])
    }
}

extension StoredField {
    fileprivate static func string(_ name: String) -> StoredField { StoredField(name: name, kind: .string) }
    fileprivate static func integer(_ name: String) -> StoredField { StoredField(name: name, kind: .integer) }
    fileprivate static func decimal(_ name: String) -> StoredField { StoredField(name: name, kind: .decimal) }
}

/// Runs `body` with a store that has two connections and one entity.
private func withThing(_ entity: StoredEntity, _ body: (SQLiteStore) async throws -> Void) async throws {
    try await withRecords(ConnectorSchema(namespace: "acme", entities: [], roots: [])) { store in
        try await store.prepare(entity)
        try await body(store)
    }
}

private func evolving(
    _ old: [StoredField], to new: [StoredField], _ before: (SQLiteStore) async throws -> Void,
    then after: (SQLiteStore) async throws -> Void
) async throws {
    try await withThing(StoredEntity(name: "Thing", connector: "acme", fields: old, collections: [])) { store in
        try await before(store)
        try await store.prepare(StoredEntity(name: "Thing", connector: "acme", fields: new, collections: []))
        try await after(store)
    }
}
