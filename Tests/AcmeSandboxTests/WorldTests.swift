import BareClient
import Foundation
import SandboxKit
import Testing

@testable import AcmeSandbox

struct WorldTests {
    @Test func `turns every place into an id of its own and back`() {
        let ids = IdentifierCodec(seed: 42)
        var seen: Set<String> = []
        for kind in EntityKind.allCases {
            for index in 0..<2_000 {
                let id = ids.id(kind, index)
                #expect(seen.insert(id).inserted)
                #expect(ids.index(kind, id) == index)
            }
        }
        #expect(ids.index(.task, ids.id(.user, 1)) == nil)
        #expect(ids.index(.user, "usr_ABCDEF0123") == nil)
    }

    @Test(arguments: [[3, 0, 5, 1], [0, 0], [1], [7, 7, 7]])
    func `cuts all children among their parents`(weights: [Int]) {
        let partition = Partition(children: 50, weights: weights)
        let runs = weights.indices.map { partition.run(of: $0) }
        #expect(runs.map(\.count).reduce(0, +) == 50)
        for child in 0..<50 { #expect(partition.run(of: partition.parent(of: child)).contains(child)) }
        #expect(partition.run(of: weights.count).isEmpty)
    }

    @Test(arguments: [0, 951_782_400, 1_767_603_600, 1_709_208_000, 4_102_444_799])
    func `writes moments as the calendar has them`(seconds: Int) {
        let moment = Timestamp(seconds)
        #expect(moment.text == Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601))
    }

    @Test func `draws the same numbers in every release`() {
        var dice = Dice(seed: 1, .task, 7)
        #expect([dice.next(), dice.next()].map { $0 % 1_000_000 } == [451_873, 646_336])
    }

    @Test func `reads sizes and refuses what is none`() throws {
        #expect(try AcmeSize("medium") == .medium)
        #expect(try AcmeSize("users=2002,projects=501,tasks=10003").tasks == 10_003)
        #expect(try AcmeSize(AcmeSize.large.description) == .large)
        for text in ["", "huge", "users", "users=-1", "users=1,users=2", "cats=3", "users=1,", "tasks=99999999"] {
            #expect(throws: SandboxError.unreadableSize(text, example: "users=20,projects=5,tasks=100")) {
                try AcmeSize(text)
            }
        }
    }

    @Test func `escapes what JSON and HTML must not hold raw`() throws {
        let text = "\"\\\n\u{0}\u{1f}</script>“é🥛"
        var json = JSONWriter()
        json.object { $0.field("text", text) }
        let read = try JSONDecoder().decode(JSONValue.self, from: Data(json.bytes))
        #expect(read["text"].text == text)
        var html = ""
        tag("p", ["title": "\"><script>"]) { "<script>'&" }.write(to: &html)
        #expect(html == "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&#39;&amp;</p>")
    }
}
