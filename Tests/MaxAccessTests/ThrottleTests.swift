import Foundation
import MaxAccess
import MaxCore
import MaxHub
import Testing

struct ThrottleTests {
    /// How many wrong passphrases are looked at until one is not, and what is said then.
    private func guesses(_ door: Door, by visitor: (Int) -> Visitor) async -> (count: Int, refusal: MaxError?) {
        for count in 0..<100 {
            let refused = await refusal { _ = try await door.signIn(wrong, by: visitor(count)) }
            if refused?.code != .passphraseWrong { return (count, refused) }
        }
        return (100, nil)
    }

    @Test func `five wrong passphrases are free, then one every twelve seconds`() async throws {
        try await Door.owned(.memory) { door, _ in
            let first = await guesses(door) { _ in stranger }
            #expect(first.count == 5)
            #expect(first.refusal?.code == .tooManyAttempts)
            #expect(first.refusal?.retryAfter == 12)
            door.clock.pass(11)
            #expect(await guesses(door) { _ in stranger }.count == 0)
            door.clock.pass(1)
            #expect(await guesses(door) { _ in stranger }.count == 1)
        }
    }

    @Test func `a slowed network is not let in by the right passphrase before its time, and then it is`() async throws {
        try await Door.owned(.memory) { door, _ in
            let wait = try #require(await guesses(door) { _ in stranger }.refusal?.retryAfter)
            #expect(wait <= 60)
            #expect(await refusal { _ = try await door.signIn(right, by: stranger) }?.code == .tooManyAttempts)
            door.clock.pass(wait)
            _ = try await door.signIn(right, by: stranger)
            #expect(await guesses(door) { _ in stranger }.count == 5)
        }
    }

    @Test func `guessing from everywhere is slowed down, and never for a network of the owner's`() async throws {
        try await Door.owned(.memory) { door, _ in
            let all = await guesses(door) { Visitor(address: "203.0.113.\($0)") }
            #expect(all.count == 20)
            #expect(all.refusal?.retryAfter == 3)
            _ = try await door.signIn(right, by: home)
            door.clock.pass(3)
            #expect(await guesses(door) { Visitor(address: "192.0.2.1\($0)") }.count == 1)
        }
    }

    @Test(arguments: [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
        ("::ffff:198.51.100.9", "198.51.100.9", true),
        ("198.51.100.8", "198.51.100.9", false),
    ])
    func `addresses of one customer count as one`(one: String, other: String, areOne: Bool) async throws {
        try await Door.owned(.memory) { door, _ in
            _ = await guesses(door) { _ in Visitor(address: one) }
            #expect(await guesses(door) { _ in Visitor(address: other) }.count == (areOne ? 0 : 5))
        }
    }

    @Test func `many guesses at once are no more than many in turn`() async throws {
        try await Door.owned(.memory) { door, _ in
            let outcome = try await together(30) { try await door.signIn(wrong, by: stranger) }
            #expect(outcome.refused.count { $0 == .passphraseWrong } == 5)
            #expect(outcome.refused.count { $0 == .tooManyAttempts } == 25)
        }
    }

    @Test func `a clock that is put back shuts nobody out for longer`() async throws {
        try await Door.owned(.memory) { door, _ in
            _ = await guesses(door) { _ in stranger }
            door.clock.pass(-3600)
            let refused = await refusal { _ = try await door.signIn(right, by: stranger) }
            #expect(refused?.retryAfter == 12)
            door.clock.pass(12)
            _ = try await door.signIn(right, by: stranger)
        }
    }
}
