import Foundation
import HTTPTypes
import MaxCore
import MaxEngines
import MaxHub
import MaxServer
import MaxSetup
import Synchronization
import Testing

@testable import MaxAPI

/// A request that is sent again under its key is done once.
struct RepeatTests {
    private static let key = HTTPField.Name("Idempotency-Key")

    @Test func `does a request once and answers it twice`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            let key: HTTPFields = [try #require(Self.key): "one"]
            let first = try await agent.post("/v1/setups", ["connector": "acme"], with: key)
            let second = try await agent.post("/v1/setups", ["connector": "acme"], with: key)
            #expect((first.status, second.status) == (201, 201))
            #expect(first.text == second.text)
            #expect(try await site.engines.setup.unfinished().count == 1)
            let other = try await agent.post("/v1/setups", ["connector": "acme", "name": "x"], with: key)
            #expect((other.status, other.code) == (422, "idempotency_key_reused"))
            _ = try await site.agent(.setup).post("/v1/setups", ["connector": "acme"], with: key)
            #expect(try await site.engines.setup.unfinished().count == 2)
        }
    }

    @Test func `does a request again that failed`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.setup)
            let key: HTTPFields = [try #require(Self.key): "one"]
            #expect(try await agent.post("/v1/setups", ["connector": "none"], with: key).status == 404)
            #expect(try await agent.post("/v1/setups", ["connector": "acme"], with: key).status == 201)
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 256)])
    func `refuses a key that is none`(text: String) async throws {
        try await Site.with { site in
            let key: HTTPFields = [try #require(Self.key): text]
            let reply = try await site.agent(.setup).post("/v1/setups", ["connector": "acme"], with: key)
            #expect((reply.status, reply.code) == (400, "parameter_invalid"))
        }
    }

    @Test func `refuses to do at the same time what is being done`() async throws {
        let repeats = Repeats { 0 }
        let key = Repeats.Key(asker: "a", route: "POST /", word: "one")
        let body = Fingerprint(of: "x".utf8)
        _ = try await repeats.once(key, body) {
            await #expect(throws: Refusal.self) { try await repeats.once(key, body) { .nothing } }
            return .nothing
        }
    }

    @Test func `keeps a thousand answers for a day, and no more`() async throws {
        let clock = Mutex(0.0)
        let done = Mutex(0)
        let repeats = Repeats { clock.withLock { $0 } }
        @Sendable func ask(_ word: String) async throws {
            _ = try await repeats.once(.init(asker: "a", route: "r", word: word), Fingerprint(of: word.utf8)) {
                done.withLock { $0 += 1 }
                return .nothing
            }
        }
        for number in 0..<1000 {
            clock.withLock { $0 = Double(number) }
            try await ask("\(number)")
        }
        try await ask("999")
        #expect(done.withLock { $0 } == 1000)
        try await ask("one more")
        try await ask("0")
        #expect(done.withLock { $0 } == 1002)
        clock.withLock { $0 = 1000 + 24 * 3600 }
        try await ask("999")
        #expect(done.withLock { $0 } == 1003)
    }
}
