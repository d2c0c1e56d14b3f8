import Foundation
import MaxCore
import MaxHub
import Testing

struct RecordedEventTests {
    @Test(arguments: [
        ("/v1/workspaces/w-dana/tasks", "tasks.list", "/v1/*/*/tasks"),
        ("/repos/dana/secret-plans/issues", "issues.list", "/*/*/*/issues"),
        ("/api/v2/user", "user", "/api/v2/user"), ("/", "me", "/"), ("", "me", "/"),
        ("/%64ana%40acme.test/Tasks", "tasks.list", "/*/tasks"),
        ("/a/b/c/d/e/f/g/h/i/j/k/l/m", "x", "/*/*/*/*/*/*/*/*/*/*/*/*/…"),
    ])
    func `of a path only what the operation says already is kept`(path: String, operation: String, shape: String) {
        #expect(PathShape.of(path, for: operation) == shape)
    }

    @Test(arguments: [
        "dana@acme.test", "two words", "http://x", "", "ключ", String(repeating: "a", count: 49), "a\nb", "a/b",
    ])
    func `what is no name of the program's own is kept by no letter`(word: String) {
        #expect(RecordedEvent.name(word) == "other")
        #expect(RecordedEvent(.call, word, at: .distantPast).subject == "other")
        var event = RecordedEvent(.failure, at: .distantPast)
        event.fail(Problem(word, .permanent, "It says \(word)."))
        #expect(event.outcome == "other")
    }

    @Test func `of what nobody fetches the newest is kept, and the rest is counted`() {
        let recorder = FlightRecorder(since: Date(timeIntervalSince1970: 0))
        for number in 0..<10_000 { recorder.note(.call) { $0.count = number } }
        let part = recorder.take()
        #expect(part.events.count <= 512 && part.events.count + part.lost == 10_000)
        #expect(part.events.last?.count == 9999)
        #expect(recorder.take().isEmpty)
    }
}
