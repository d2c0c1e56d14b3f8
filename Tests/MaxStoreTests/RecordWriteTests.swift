internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordWriteTests {
    @Test func `gives a record back as it was stored`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            let thing = try await store.thing("t1")
            #expect(thing == StoredRecord(connection: .one, ref: Ref("Thing", "t1"), fields: wholeThing))
        }
    }

    @Test func `a column has its field's name and a type that any tool understands`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            let row = try await store.column(
                "SELECT name || '|' || size || '|' || typeof(price) || '|' || isNew || '|' || labels FROM Thing")
            #expect(row == [#"Box|3|real|1|["a",{"b":null}]"#])
        }
    }

    @Test func `tells what is added, changed and unchanged`() async throws {
        try await withRecords { store in
            let first = try await store.store(["t1": wholeThing, "t2": wholeThing])
            #expect(first.counts == ["Thing": .init(added: 2)])
            #expect(first.lastRecord == .init(ref: "Thing/t2", title: "Box", at: noon))
            var other = wholeThing
            other["status"] = "shut"
            let second = try await store.store(["t1": other, "t2": wholeThing, "t3": wholeThing])
            #expect(second.counts == ["Thing": .init(added: 1, changed: 1, unchanged: 1)])
        }
    }

    @Test(arguments: wholeThing.keys.sorted())
    func `notices a change of one field, and one that is emptied`(field: String) async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            var emptied = wholeThing
            emptied[field] = .null
            #expect(try await store.store(["t1": emptied]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.fields == emptied)
            #expect(try await store.store(["t1": emptied]).counts == ["Thing": .init(unchanged: 1)])
            #expect(try await store.store(["t1": [field: wholeThing[field]!]]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.fields == wholeThing)
        }
    }

    @Test func `a partial write leaves the other fields as they were`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            #expect(try await store.store(["t1": ["status": "shut"]]).counts == ["Thing": .init(changed: 1)])
            let expected = wholeThing.merging(["status": "shut"]) { _, new in new }
            #expect(try await store.thing("t1")?.fields == expected)
        }
    }

    @Test func `a field is absent until it is told, and null when it was emptied`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "Box", "size": nil]])
            #expect(try await store.thing("t1")?.fields == ["name": "Box", "size": nil])
            #expect(try await store.store(["t1": ["price": nil]]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.fields == ["name": "Box", "size": nil, "price": nil])
            #expect(
                try await store.store(["t1": ["price": nil, "size": nil]]).counts == ["Thing": .init(unchanged: 1)])
            let empty = wholeThing.mapValues { _ in JSON.null }
            #expect(try await store.store(["t1": empty]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.fields == empty)
            #expect(try await store.column("SELECT _absent FROM Thing") == [nil])
        }
    }

    @Test func `a record of which nothing is told but its id is stored`() async throws {
        try await withRecords { store in
            let first = try await store.store(["t1": [:]])
            #expect(first.counts == ["Thing": .init(added: 1)])
            #expect(try await store.store(["t1": ["id": "t1"]]).counts == ["Thing": .init(unchanged: 1)])
            #expect(try await store.thing("t1") == StoredRecord(connection: .one, ref: Ref("Thing", "t1"), fields: [:]))
        }
    }

    @Test(
        arguments: [
            ("name", 5), ("name", true), ("name", ["a"]), ("home", 1.5), ("shelf", 7), ("size", 1.5), ("size", "3"),
            ("size", 1e19), ("size", true), ("price", "2.5"), ("price", 9_007_199_254_740_993), ("isNew", 1),
            ("isNew", "true"), ("madeAt", "yesterday"), ("madeAt", 1_767_000_000), ("madeAt", "2026-02-30"),
            ("madeAt", ["on": "2026-01-05"]),
        ] as [(String, JSON)])
    func `keeps a value that is not of its field's kind, and counts it`(field: String, value: JSON) async throws {
        try await withRecords { store in
            let counts = try await store.store(["t1": [field: value]])
            #expect(counts.misfits == ["Thing.\(field)": 1])
            let thing = try await store.thing("t1")
            #expect(thing?.fields == [field: .null])
            #expect(thing?.others == [field: value])
            #expect(try await store.store(["t1": [field: value]]).counts == ["Thing": .init(unchanged: 1)])
            try await store.store(["t1": [field: wholeThing[field]!]])
            #expect(try await store.thing("t1")?.fields == [field: wholeThing[field]!])
            #expect(try await store.thing("t1")?.others.isEmpty == true)
        }
    }

    @Test(
        arguments: [
            ("size", 3.0, 3), ("size", .integer(.min), .integer(.min)), ("price", 3, 3.0), ("price", -0.5, -0.5),
            ("labels", "x", "x"), ("labels", 1.5, 1.5), ("labels", false, false), ("labels", [:], [:]),
        ] as [(String, JSON, JSON)])
    func `takes what a field's kind has room for`(field: String, value: JSON, stored: JSON) async throws {
        try await withRecords { store in
            let counts = try await store.store(["t1": [field: value]])
            #expect(counts.misfits.isEmpty)
            #expect(try await store.thing("t1")?.fields == [field: stored])
        }
    }

    @Test func `keeps what came besides the fields, member by member`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["colour": "red", "name": 5, "deep": ["a": ["b": nil]]]])
            try await store.store(["t1": ["colour": nil, "weight": 1.25, "flag": true]])
            let expected: [String: JSON] = [
                "colour": nil, "name": 5, "deep": ["a": ["b": nil]], "weight": 1.25, "flag": true,
            ]
            #expect(try await store.thing("t1")?.others == expected)
            #expect(try await store.store(["t1": ["flag": true]]).counts == ["Thing": .init(unchanged: 1)])
            #expect(
                try await store.store(["t1": ["status": "x", "name": "ok"]]).counts == ["Thing": .init(changed: 1)])
            #expect(try await store.thing("t1")?.others == expected.filter { $0.key != "name" })
        }
    }

    private static let texts = [
        "none": "", "a NUL": "a\0b", "a replacement": "\u{FFFD}", "the last scalar": "\u{10FFFF}", "parts": "e\u{301}",
        "SQL": "'\"; DROP TABLE Thing; --", "wildcards": "%_*", "controls": "\n\t\u{1}\u{7F}", "a backslash": "\\u0000",
    ]

    @Test(arguments: texts.keys.sorted())
    func `any text is a text, in an id as in a field`(name: String) async throws {
        let text = try #require(Self.texts[name])
        try await withRecords { store in
            let id = "x" + text + "y"
            let fields: [String: JSON] = [
                "name": .string(text), "labels": .object([text: .string(text)]), text + "?": .string(text),
            ]
            try await store.store([id: fields, "x": ["name": "short"], "xa": ["name": "cut"]])
            let thing = try await store.thing(id)
            #expect(thing?.ref.id.unicodeScalars.elementsEqual(id.unicodeScalars) == true)
            #expect(thing?.fields["name"]?.string?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
            #expect(thing?.fields["labels"] == fields["labels"])
            #expect(thing?.others == [text + "?": .string(text)])
            #expect(try await store.store([id: fields]).counts == ["Thing": .init(unchanged: 1)])
            #expect(try await store.writing { try $0.bury(Ref("Thing", id)) }.result)
            #expect(try await store.thing("x")?.fields == ["name": "short"])
            #expect(try await store.thing("xa")?.fields == ["name": "cut"])
        }
    }

    @Test func `of two records with one id the later completes the earlier`() async throws {
        try await withRecords { store in
            let twice = [someThing("t1", ["name": "a", "size": 1]), someThing("t1", ["name": "b"])]
            let counts = try await store.store(twice)
            #expect(counts.counts == ["Thing": .init(added: 1, changed: 1)])
            #expect(try await store.thing("t1")?.fields == ["name": "b", "size": 1])
        }
    }

    @Test func `records of two connections with the same ids stay apart`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "mine"], "t2": ["name": "mine too"]], of: .one)
            try await store.store(["t1": ["name": "yours"]], of: .two)
            #expect(try await store.thing("t1", of: .one)?.fields == ["name": "mine"])
            #expect(try await store.thing("t1", of: .two)?.fields == ["name": "yours"])
            #expect(try await store.thing("t2", of: .two) == nil)
            let tallies = try await store.tallies()
            #expect(
                tallies == [
                    .init(connection: .one, entity: "Thing", count: 2),
                    .init(connection: .two, entity: "Thing", count: 1),
                ])
        }
    }

    @Test func `refuses a record of an entity that was never prepared, and stores nothing of its batch`() async throws {
        try await withRecords(ConnectorSchema(namespace: "acme", entities: [Shelf.self], roots: [])) { store in
            let batch = [Record(Shelf.self, id: "s1", [:]), someThing("t1", [:])]
            let code = await refusal { _ = try await store.write(batch, of: .one, at: noon) }
            #expect(code == .entityUnknown)
            let tallies = try await store.tallies()
            #expect(tallies.isEmpty)
            #expect(try await store.record(Ref("Thing", "t1"), of: .one) == nil)
        }
    }

    @Test func `refuses records of a connection that is not there, or not any more`() async throws {
        try await withRecords { store in
            let nobody = ConnectionID(rawValue: "con_nobody")
            let toNobody = await refusal { try await store.store(["t1": [:]], of: nobody) }
            #expect(toNobody == .connectionNotFound)
            try await store.erase(.one, at: noon)
            let toErased = await refusal { try await store.store(["t1": [:]], of: .one) }
            #expect(toErased == .connectionNotFound)
            #expect(try await store.record(Ref("Thing", "t1"), of: nobody) == nil)
            #expect(try await store.changes(of: nobody, after: 0, limit: 9).isEmpty)
        }
    }

    @Test func `an entity with more fields than a word has bits is written in parts`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample())
            let fields = (0..<130).map { StoredField(name: "f\($0)", kind: .integer) }
            let wide = StoredEntity(name: "Thing", connector: "acme", fields: fields, collections: [])
            try await store.prepare(wide)
            var expected: [String: JSON] = [:]
            for field in stride(from: 0, to: 130, by: 3) {
                try await store.store(["t1": ["f\(field)": .integer(Int64(field))]])
                expected["f\(field)"] = .integer(Int64(field))
            }
            #expect(try await store.thing("t1")?.fields == expected)
        }
    }
}
