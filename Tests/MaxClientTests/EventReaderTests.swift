import Testing

@testable import MaxClient

struct EventReaderTests {
    @Test(arguments: ["\n", "\r\n", "\r"])
    func `events are read whatever ends a line`(end: String) throws {
        var reader = EventReader(limit: 1000)
        let lines = [
            "retry: 2000", "", ": ping", "", "id: 7", "event: run", "data: {\"a\":", "data:1}", "", "data: x", "",
            "data", "",
        ]
        let events = try reader.read(lines.map { $0 + end }.joined().utf8)
        #expect(
            events == [
                ReceivedEvent(id: "7", name: "run", data: "{\"a\":\n1}"),
                ReceivedEvent(id: "7", name: "message", data: "x"),
                ReceivedEvent(id: "7", name: "message", data: ""),
            ])
        #expect(reader.lastID == "7")
    }

    @Test func `pieces of any size give the same events`() throws {
        let text = Array("id: 1\r\nevent: run\r\ndata: ä 🙂\r\n\r\nid: 2\r\ndata: b\r\n\r\n".utf8)
        var whole = EventReader(limit: 1000)
        let events = try whole.read(text)
        #expect(events.count == 2)
        for size in 1..<text.count {
            var reader = EventReader(limit: 1000)
            var pieces: [ReceivedEvent] = []
            for start in stride(from: 0, to: text.count, by: size) {
                pieces += try reader.read(text[start..<min(start + size, text.count)])
            }
            #expect(pieces == events)
        }
    }

    @Test func `an event without an end is not kept for ever`() throws {
        var reader = EventReader(limit: 100)
        #expect(try reader.read("data: \(String(repeating: "x", count: 90))\n\n".utf8).count == 1)
        #expect(throws: EventReader.TooLarge.self) {
            for _ in 0..<20 { _ = try reader.read("data: 12345\n".utf8) }
        }
    }

    @Test func `an unfinished event is not told of`() throws {
        var reader = EventReader(limit: 100)
        #expect(try reader.read("event: run\ndata: 1\n".utf8).isEmpty)
    }
}
