internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct RecordErasureTests {
    @Test func `erasing a connection takes its records, edges and tombstones, and no other's`() async throws {
        try await withRecords { store in
            for connection in [ConnectionID.one, .two] {
                try await store.store(["t1": wholeThing, "t2": wholeThing], of: connection)
                try await store.writing(for: connection) { writer in
                    try writer.link(.things(of: "s1"), ["t1"], page: 0, reading: 1)
                    _ = try writer.bury(Ref("Thing", "t2"))
                }
            }
            try await store.erase(.one, at: noon)
            #expect(try await store.tallies() == [RecordTally(connection: .two, entity: "Thing", count: 1)])
            for table in ["Thing", "edge", "relation", "gone_record", "record_tally", "Thing_text"] {
                #expect(try await store.column("SELECT count(*) FROM \(table)") == ["1"], "\(table)")
            }
            #expect(try await store.thing("t1", of: .two)?.fields == wholeThing)
            #expect(try await store.things(matching: "box") == ["t1"])
        }
    }

    @Test func `nothing that an erased connection held is in any byte of the files`() async throws {
        try await withRecords { store in
            let folder = URL(filePath: store.folder.path)
            for round in 0..<4 {
                try await store.store(canaries(of: .one, round), of: .one)
                try await store.store(canaries(of: .two, round), of: .two)
                try await store.writing(for: .one) { writer in
                    try writer.link(.things(of: "shelfconone\(round)"), ["thingconone\(round)"], page: 0, reading: 1)
                    for id in stride(from: 0, to: 200, by: 7) { _ = try writer.bury(Ref("Thing", "thingconone\(id)")) }
                }
            }
            #expect(try words(of: .one, in: folder) > 1000)
            try await store.erase(.one, at: noon)
            #expect(try words(of: .one, in: folder) == 0)
            #expect(try words(of: .two, in: folder) > 1000)
            #expect(try await store.things(matching: "titlecontwo3").count == 1)
        }
    }

    @Test func `a value that was overwritten is in no byte of the files once its connection is erased`() async throws {
        try await withRecords { store in
            try await store.store(["t1": ["name": "canaryone", "note": "canarytwo", "size": "canarythree"]])
            try await store.store(["t1": ["name": "other", "note": nil, "size": 3]])
            try await store.prepare(
                StoredEntity(
                    name: "Thing", connector: "acme", fields: [StoredField(name: "note", kind: .string)],
                    collections: []))
            try await store.erase(.one, at: noon)
            #expect(try count(of: "canary", in: URL(filePath: store.folder.path)) == 0)
        }
    }

    @Test func `disconnecting keeps the records`() async throws {
        try await withRecords { store in
            try await store.store(["t1": wholeThing])
            try await store.revoke(.one, at: noon)
            #expect(try await store.thing("t1")?.fields == wholeThing)
        }
    }

    @Test func `the number of an erased connection is never given again`() async throws {
        try await withRecords { store in
            let numbers = try await store.column("SELECT number FROM connection ORDER BY number")
            try await store.erase(.two, at: noon)
            let third = ConnectionID(rawValue: "con_three")
            try await store.connect(.sample(third, slug: "c", account: "fay"))
            #expect(try await store.column("SELECT number FROM connection WHERE slug = 'c'") == ["3"])
            #expect(numbers == ["1", "2"])
        }
    }

    /// Things whose ids, columns and other values all hold words of the connection.
    private func canaries(of connection: ConnectionID, _ round: Int) -> [String: [String: JSON]] {
        let word = connection.word
        let things = (0..<200).map { number -> (String, [String: JSON]) in
            let fields: [String: JSON] = [
                "name": .string("title\(word)\(number) edition\(round)"), "status": .string("status\(word)\(round)"),
                "note": .string(String(repeating: "long\(word)\(round) ", count: number % 40)),
                "size": .string("misfit\(word)"), "other": .string("other\(word)"),
            ]
            return ("thing\(word)\(number)", fields)
        }
        return Dictionary(uniqueKeysWithValues: things)
    }

    /// How often the files hold a word of the connection's records.
    private func words(of connection: ConnectionID, in folder: URL) throws -> Int {
        try ["title", "status", "long", "misfit", "other", "thing", "shelf"].reduce(0) {
            try $0 + count(of: $1 + connection.word, in: folder)
        }
    }

    private func count(of word: String, in folder: URL) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.lastPathComponent.hasPrefix("max.db") }.reduce(0) { sum, file in
            let bytes = try Data(contentsOf: file)
            let found = bytes.withUnsafeBytes { bytes in
                bytes.baseAddress.map { count(of: Array(word.utf8), from: $0, to: $0 + bytes.count) } ?? 0
            }
            return sum + found
        }
    }

    private func count(of word: [UInt8], from start: UnsafeRawPointer, to end: UnsafeRawPointer) -> Int {
        var (found, place) = (0, start)
        while end - place >= word.count, let next = memchr(place, Int32(word[0]), end - place - word.count + 1) {
            if memcmp(next, word, word.count) == 0 { found += 1 }
            place = UnsafeRawPointer(next) + 1
        }
        return found
    }
}

extension ConnectionID {
    /// A word that is in its records only, and that full-text search takes for one.
    fileprivate var word: String { rawValue.replacing("_", with: "") }
}
