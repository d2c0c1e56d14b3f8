internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// Lines that cannot be read.
struct IngestRefusalTests {
    @Test(arguments: [
        "nonsense", "{", #"{"id":"x""#, #"{"id":"x"} {"id":"y"}"#, #"{"id":"x",}"#, "{'id':'x'}", #"{"id":"a\#u{1}b"}"#,
        #"{"id":"x"}]"#, #"{"id":"x","name":tru}"#, #"{"id":"x","name":NaN}"#, "\u{0}", #"{"id":"x"}\#u{0}"#,
    ])
    func `refuses what is not JSON`(line: String) async throws {
        try await expectRefusal(of: Array(line.utf8), because: "it is not JSON")
    }

    @Test(arguments: ["[]", "7", #""id""#, "null", #"[{"id":"x"}]"#])
    func `refuses what is no object`(line: String) async throws {
        try await expectRefusal(of: Array(line.utf8), because: "it is not a JSON object")
    }

    @Test(arguments: ["{}", #"{"ID":"x"}"#, #"{"name":"x"}"#, #"{"id":null}"#, #"{"data":{"id":"x"}}"#])
    func `refuses a line without an id`(line: String) async throws {
        try await expectRefusal(of: Array(line.utf8), because: "it has no “id”")
    }

    @Test(arguments: [#"{"id":""}"#, #"{"id":1.5}"#, #"{"id":true}"#, #"{"id":["x"]}"#, #"{"id":{"x":1}}"#])
    func `refuses an id that is none`(line: String) async throws {
        try await expectRefusal(of: Array(line.utf8), because: "its “id” is neither text nor a whole number")
    }

    @Test(arguments: [
        (#"{"id":"x","id":"x"}"#, "id"), (#"{"id":"x","name":"a","name":"b"}"#, "name"),
        (#"{"id":"x","size":1,"name":"a","size":1}"#, "size"), (#"{"id":"x","colour":1,"colour":2}"#, "colour"),
        (#"{"id":"x","labels":[{"deep":{"twin":1,"twin":1}}]}"#, "twin"),
        (#"{"id":"x","n\u0061me":1,"name":2}"#, "name"),
    ])
    func `refuses a name that stands twice`(line: String, name: String) async throws {
        try await expectRefusal(of: Array(line.utf8), because: "the name “\(name)” stands in it twice")
    }

    @Test(arguments: [
        "18446744073709551616", "123456789012345678901234567890", "-9223372036854775809", "1e400", "01", "1.", "-",
    ])
    func `refuses a number that cannot be kept`(number: String) async throws {
        for field in ["size", "labels", "colour"] {
            let line = #"{"id":"x","\#(field)":\#(number)}"#
            try await expectRefusal(
                of: Array(line.utf8), because: "a number in it is malformed or needs more than 64 bits")
        }
    }

    @Test func `refuses a number that needs the last of 64 bits, but not as an id`() async throws {
        let line = #"{"id":18446744073709551615,"colour":18446744073709551615}"#
        try await expectRefusal(of: Array(line.utf8), because: "a number in it is malformed or needs more than 64 bits")
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], Array(#"\ud800"#.utf8),
        ] as [[UInt8]])
    func `refuses text that is not Unicode`(text: [UInt8]) async throws {
        let line = Array(#"{"id":"x","name":""#.utf8) + text + Array(#""}"#.utf8)
        try await expectRefusal(of: line, because: "a text in it is not valid Unicode")
    }

    @Test(arguments: [JSONParser.deepest, 100_000]) func `refuses nesting without end`(depth: Int) async throws {
        let line =
            #"{"id":"x","labels":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        try await expectRefusal(of: Array(line.utf8), because: "it is nested deeper than 128 levels")
    }

    @Test func `nesting up to the limit is kept`() async throws {
        let depth = JSONParser.deepest - 1
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        try await withRecords { store in
            try await store.ingest(#"{"id":"x","labels":\#(nested)}"#)
            #expect(try await store.column("SELECT labels FROM Thing") == [nested])
        }
    }

    @Test(arguments: [true, false]) func `refuses a line without end`(hasEnd: Bool) async throws {
        let start = Array(#"{"id":"x","note":""#.utf8)
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: LineBuffer.longestLine)
        try await expectRefusal(
            of: start + letters + (hasEnd ? Array(#""}"#.utf8) : []), because: "it is longer than 16 MB")
    }

    @Test func `keeps a line of the greatest length`() async throws {
        let (start, end) = (Array(#"{"id":"x","shelf":""#.utf8), Array(#""}"#.utf8))
        let count = LineBuffer.longestLine - start.count - end.count
        try await withRecords { store in
            try await store.ingest([start, [UInt8](repeating: UInt8(ascii: "a"), count: count), end])
            #expect(try await store.column("SELECT length(shelf) FROM Thing") == ["\(count)"])
        }
    }

    /// Expects that a line between others is refused by its number, with those before it stored and no more.
    private func expectRefusal(
        of line: [UInt8], because reason: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withRecords { store in
            let before = Array("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n".utf8)
            let error = await #expect(throws: MaxError.self, sourceLocation: sourceLocation) {
                try await store.ingest([before, line, Array("\n{\"id\":\"c\"}".utf8)])
            }
            #expect(error?.code == .lineUnreadable, sourceLocation: sourceLocation)
            #expect(
                error?.message.hasPrefix("Line 4 cannot be read: \(reason)") == true, sourceLocation: sourceLocation)
            let stored = try await store.column("SELECT id FROM Thing ORDER BY id")
            #expect(stored == ["a", "b"], sourceLocation: sourceLocation)
        }
    }
}
