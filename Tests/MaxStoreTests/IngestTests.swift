internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// Records that come as lines.
struct IngestTests {
    @Test func `stores a line as it stores a connector's record`() async throws {
        try await withRecords { store in
            let line = JSONText.of(.object(wholeThing.merging(["id": "t1"]) { $1 }))
            let written = try await store.ingest(line)
            #expect(written.counts == ["Thing": .init(added: 1)])
            #expect(written.lastRecord == .init(ref: "Thing/t1", title: "Box", at: noon))
            #expect(try await store.thing("t1")?.fields == wholeThing)
            #expect(try await store.store(["t1": wholeThing]).counts == ["Thing": .init(unchanged: 1)])
        }
    }

    @Test(arguments: 0..<40) func `a line and a record say the same, whatever is in them`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let things = (0..<60).map { _ in random.thing() }
        try await withRecords { store in
            let records = things.map { someThing($0.id, $0.fields) }
            let lines = things.map { JSONText.of(.object($0.fields.merging(["id": .string($0.id)]) { $1 })) }
            let ofRecords = try await store.store(records, of: .one)
            let ofLines = try await store.ingest(lines.joined(separator: "\n"), of: .two)
            #expect(ofLines == ofRecords)
            for id in Set(things.map(\.id)) {
                let (one, two) = (try await store.thing(id), try await store.thing(id, of: .two))
                #expect(one?.fields == two?.fields)
                #expect(one?.others == two?.others)
            }
        }
    }

    @Test(arguments: [1, 2, 3, 5, 64, 1000])
    func `it does not matter where lines are cut`(size: Int) async throws {
        try await withRecords { store in
            let lines = (1...9).map { #"{"id":"t\#($0)","name":"Größe \#($0) 🌱","status":"a\nb"}"# }
            let bytes = Array(lines.joined(separator: "\n").utf8)
            let chunks = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            let written = try await store.ingest(chunks)
            #expect(written.counts == ["Thing": .init(added: 9)])
            #expect(try await store.column("SELECT name FROM Thing WHERE id = 't9'") == ["Größe 9 🌱"])
            #expect(try await store.column("SELECT DISTINCT status FROM Thing") == ["a\nb"])
        }
    }

    @Test(arguments: [
        "{\"id\":\"a\"}\r\n{\"id\":\"b\"}\r\n", "\n\n{\"id\":\"a\"}\n \t\r\n{\"id\":\"b\"}\n\n",
        "\u{FEFF}{\"id\":\"a\"}\n{\"id\":\"b\"}", "  {\"id\":\"a\"}  \n{ \"id\" : \"b\" }\r",
    ])
    func `passes blank lines, carriage returns and a byte order mark`(text: String) async throws {
        try await withRecords { store in
            let written = try await store.ingest(text)
            #expect(written.counts == ["Thing": .init(added: 2)])
            #expect(try await store.column("SELECT id FROM Thing ORDER BY id") == ["a", "b"])
        }
    }

    @Test(arguments: ["", "\n", " \r\n\n", "\u{FEFF}"]) func `nothing is nothing`(text: String) async throws {
        try await withRecords { store in
            let written = try await store.ingest(text)
            #expect(written == WriteCounts())
        }
    }

    @Test(arguments: [
        ("7", "7"), ("-12", "-12"), ("9223372036854775807", "9223372036854775807"),
        ("18446744073709551615", "18446744073709551615"), (#""0042""#, "0042"), (#""a\u0000b""#, "a\u{0}b"),
    ])
    func `an id may be a whole number`(id: String, stored: String) async throws {
        try await withRecords { store in
            try await store.ingest(#"{"name":"N","id":\#(id)}"#)
            #expect(try await store.thing(stored)?.fields["name"] == "N")
        }
    }

    @Test func `keeps what is not in the schema, and what does not fit, and counts it`() async throws {
        try await withRecords { store in
            let written = try await store.ingest(
                #"{"id":"t1","size":"big","price":[1],"colour":"red","madeAt":"soon","isNew":1}"#)
            #expect(written.misfits == ["Thing.size": 1, "Thing.price": 1, "Thing.madeAt": 1, "Thing.isNew": 1])
            let other: [String: JSON] = ["size": "big", "price": [1], "colour": "red", "madeAt": "soon", "isNew": 1]
            #expect(try await store.column("SELECT _other FROM Thing") == [JSONText.of(.object(other))])
        }
    }

    @Test func `a line that leaves fields out leaves them as they were`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            let written = try await store.ingest(#"{"id":"t1","status":"shut","note":null}"#)
            #expect(written.counts == ["Thing": .init(changed: 1)])
            let expected = wholeThing.merging(["status": "shut", "note": nil]) { $1 }
            #expect(try await store.thing("t1")?.fields == expected)
        }
    }

    @Test func `finds the words of lines, and of their changes alone`() async throws {
        try await withRecords { store in
            let lines = { (word: String) in (1...3).map { #"{"id":"t\#($0)","name":"\#(word) \#($0)"}"# } }
            try await store.ingest((lines("old") + [#"{"id":"t3","name":"new"}"#]).joined(separator: "\n"))
            #expect(try await store.things(matching: "old") == ["t1", "t2"])
            #expect(try await store.things(matching: "new") == ["t3"])
            try await store.ingest(lines("newer").joined(separator: "\n"))
            #expect(try await store.things(matching: "old") == [])
            #expect(try await store.things(matching: "newer") == ["t1", "t2", "t3"])
        }
    }

    @Test func `refuses an entity and a connection that it does not know`() async throws {
        try await withRecords { store in
            #expect(await refusal { try await store.ingest("", as: "Nothing") } == .entityUnknown)
            let stranger = ConnectionID(rawValue: "con_stranger")
            #expect(await refusal { try await store.ingest("", of: stranger) } == .connectionNotFound)
        }
    }
}

extension SQLiteStore {
    /// Stores lines of the first connection, or of another.
    @discardableResult
    func ingest(_ text: String, as entity: String = "Thing", of connection: ConnectionID = .one) async throws
        -> WriteCounts
    {
        try await ingest([Array(text.utf8)], as: entity, of: connection)
    }

    /// Stores lines that come in chunks.
    @discardableResult
    func ingest(
        _ chunks: [[UInt8]], as entity: String = "Thing", of connection: ConnectionID = .one
    ) async throws -> WriteCounts {
        let lines = AsyncStream([UInt8].self) { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        return try await write(lines: lines, as: entity, of: connection, at: noon)
    }
}

extension SeededRandom {
    /// A thing of which anything may be missing, wrong or besides; its id may come again.
    fileprivate mutating func thing() -> (id: String, fields: [String: JSON]) {
        let names = wholeThing.keys.sorted() + ["colour", "Name", "id2", "ü", ""]
        let fields = names.shuffled(using: &self).prefix(Int.random(in: 0...names.count, using: &self))
        let values = fields.map { name in (name, Bool.random(using: &self) ? wholeThing[name] ?? "more" : value()) }
        return ("t\(Int.random(in: 0..<40, using: &self))", Dictionary(uniqueKeysWithValues: values))
    }

    private mutating func value() -> JSON {
        let some: [JSON] = [
            nil, true, false, 0, -7, .integer(.max), .integer(.min), 2.5, 1e300, -0.25, "", "2026-02-30",
            "x\"\\\u{1}\n",
            "2026-01-05T10:00:00+02:00", "é🌱", [], [1, [nil]], [:], ["b": 1, "a": ["c": 2.5]],
        ]
        return some[Int.random(in: some.indices, using: &self)]
    }
}
