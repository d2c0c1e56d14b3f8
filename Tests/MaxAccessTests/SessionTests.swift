import Foundation
import MaxAccess
import MaxCore
import MaxHub
import Testing

struct SessionTests {
    private static let day: Double = 24 * 3600

    @Test(arguments: Backend.allCases)
    func `a session that is used lasts thirty days, and not a moment longer`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            for _ in 0..<29 {
                door.clock.pass(Self.day)
                try #require(try await door.access.session(owner.token.text) != nil)
            }
            door.clock.pass(Self.day - 1)
            try #require(try await door.access.session(owner.token.text) != nil)
            door.clock.pass(1)
            #expect(try await door.access.session(owner.token.text) == nil)
            #expect(try await door.access.sessions().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a session that nobody uses lasts seven days`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            door.clock.pass(7 * Self.day - 1)
            try #require(try await door.access.sessions().count == 1)
            door.clock.pass(1)
            #expect(try await door.access.session(owner.token.text) == nil)
            #expect(try await door.access.sessions().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `the last use is noted once a minute`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            door.clock.pass(59)
            try #require(try await door.access.session(owner.token.text)?.seenAt == noon)
            door.clock.pass(1)
            #expect(try await door.access.session(owner.token.text)?.seenAt == noon + 60)
            #expect(try await door.access.sessions().map(\.seenAt) == [noon + 60])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a sign-in begins a session under a new token and ends the one before`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let other = try await door.signIn(right)
            let new = try await door.signIn(right, replacing: owner.token.text)
            #expect(new.token.text != owner.token.text)
            #expect(try await door.access.session(owner.token.text) == nil)
            #expect(try await Set(door.access.sessions().map(\.id)) == [other.session.id, new.session.id])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a token that somebody planted never becomes a session`(backend: Backend) async throws {
        try await Door.owned(backend) { door, _ in
            let planted = "mxo_" + String(repeating: "A", count: 43)
            let signedIn = try await door.signIn(right, replacing: planted)
            #expect(signedIn.token.text != planted)
            #expect(try await door.access.session(planted) == nil)
            _ = await refusal { _ = try await door.signIn(wrong, replacing: signedIn.token.text) }
            #expect(try await door.access.session(signedIn.token.text) != nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `sessions end one by one`(backend: Backend) async throws {
        try await Door.owned(backend) { door, first in
            door.clock.pass(1)
            let (second, third) = (try await door.signIn(right), try await door.signIn(right, by: stranger))
            let all = try await door.access.sessions()
            #expect(all.map(\.id) == [third, second, first].map(\.session.id))
            #expect(all.map(\.visitor) == [stranger, home, home])
            try await door.access.signOut(second.token.text)
            #expect(try await door.access.revoke(third.session.id))
            #expect(try await !door.access.revoke(third.session.id))
            #expect(try await door.access.sessions().map(\.id) == [first.session.id])
            try await door.access.signOut("nonsense")
        }
    }

    @Test(arguments: Backend.allCases)
    func `no token opens another door`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let agent = try await door.agent(owner)
            let swapped = "mxo_" + agent.token.text.dropFirst(4)
            for text in [agent.token.text, swapped, owner.session.id.rawValue, "", "mxo_"] {
                #expect(try await door.access.session(text) == nil)
            }
            let other = "mxa_" + owner.token.text.dropFirst(4)
            for text in [owner.token.text, other, agent.agent.id.rawValue] {
                #expect(try await door.access.agent(text) == nil)
            }
        }
    }

    @Test func `a form's token belongs to one session`() async throws {
        try await Door.owned(.memory) { door, one in
            let other = try await door.signIn(right)
            let csrf = door.access.csrfToken(of: one.token)
            #expect(door.access.accepts(csrf: csrf, for: one.token))
            #expect(door.access.csrfToken(of: one.token) == csrf)
            #expect(!door.access.accepts(csrf: csrf, for: other.token))
            for forged in ["", one.token.text, String(csrf.dropLast()), csrf + "A", "…"] {
                #expect(!door.access.accepts(csrf: forged, for: one.token))
            }
            #expect(!one.token.text.contains(csrf))
        }
    }

    @Test func `a token shows in no print, dump or mirror`() async throws {
        try await Door.owned(.memory) { door, owner in
            var dumped = ""
            dump(owner, to: &dumped)
            let bare = owner.token.text.dropFirst(4)
            #expect(!(dumped + String(describing: owner) + String(reflecting: owner)).contains(bare))
            let stored = try #require(try await door.rows.passphrase())
            #expect("\(stored)" == "stretched passphrase")
        }
    }

    @Test func `what a stranger calls itself is one harmless line`() {
        let visitor = Visitor(address: "192.0.2.7", program: "Bad\n\u{202E}Browser\u{1B}[31m " + wrong)
        #expect(visitor.program == "Bad Browser [31m incorrect horse battery")
        #expect(Visitor(address: "", program: String(repeating: "x", count: 5000)).program.count == 200)
    }
}
