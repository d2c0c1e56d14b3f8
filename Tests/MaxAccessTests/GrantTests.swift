import Foundation
import MaxAccess
import MaxCore
import MaxHub
import Testing

struct GrantTests {
    private func answer(_ door: Door, _ begun: BegunGrant) async -> MaxError? {
        await refusal { _ = try await door.access.redeem(begun.deviceCode.text) }
    }

    @Test(arguments: Backend.allCases)
    func `a program waits, the owner looks and allows, the program is let in`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            let code = "\(begun.grant.userCode)"
            #expect(code.wholeMatch(of: #/[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}/#) != nil)
            #expect(begun.grant.interval == 5 && begun.grant.expiresAt == noon + 600)
            #expect(await answer(door, begun)?.code == .authorizationPending)
            let seen = try await door.access.grant(code.lowercased().replacing("-", with: " "), by: owner.session)
            #expect(seen.name == "Claude" && seen.visitor == stranger && seen.scopes == [.setup, .read, .manage])
            try await door.access.approve(code, scopes: [.read], by: owner.session)
            let admitted = try await door.access.redeem(begun.deviceCode.text)
            #expect(admitted.token.text.hasPrefix("mxa_"))
            #expect(admitted.agent.scopes == [.read] && admitted.agent.name == "Claude")
            #expect(admitted.agent.expiresAt == noon + 90 * 24 * 3600)
            #expect(try await door.access.agent(admitted.token.text)?.id == admitted.agent.id)
            #expect(await refusal { _ = try await door.access.grant(code, by: owner.session) } != nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a program that asks too often waits longer each time`(backend: Backend) async throws {
        try await Door.owned(backend) { door, _ in
            let begun = try await door.knock()
            #expect(await answer(door, begun)?.retryAfter == 5)
            door.clock.pass(4)
            let early = await answer(door, begun)
            #expect(early?.code == .slowDown && early?.retryAfter == 10)
            door.clock.pass(9)
            #expect(await answer(door, begun)?.retryAfter == 15)
            door.clock.pass(15)
            let patient = await answer(door, begun)
            #expect(patient?.code == .authorizationPending && patient?.retryAfter == 15)
        }
    }

    @Test(arguments: Backend.allCases)
    func `of many questions at once one is in time`(backend: Backend) async throws {
        try await Door.owned(backend) { door, _ in
            let code = try await door.knock().deviceCode.text
            let outcome = try await together(6) { try await door.access.redeem(code) }
            #expect(outcome.refused.count { $0 == .authorizationPending } == 1)
            #expect(outcome.refused.count { $0 == .slowDown } == 5)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a program that was turned away is not let in`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            try await door.access.deny("\(begun.grant.userCode)", by: owner.session)
            #expect(await answer(door, begun)?.code == .accessDenied)
            let approval = await refusal {
                try await door.access.approve("\(begun.grant.userCode)", scopes: [.read], by: owner.session)
            }
            #expect(approval?.code == .userCodeUnknown)
            #expect(try await door.access.agents().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `after ten minutes neither the owner nor the program gets any further`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let (waiting, approved) = (try await door.knock(), try await door.knock())
            try await door.access.approve("\(approved.grant.userCode)", scopes: [.read], by: owner.session)
            door.clock.pass(600)
            try await door.access.sweep()
            #expect(await answer(door, waiting)?.code == .expiredToken)
            #expect(await answer(door, approved)?.code == .expiredToken)
            let late = await refusal {
                try await door.access.approve("\(waiting.grant.userCode)", scopes: [.read], by: owner.session)
            }
            #expect(late?.code == .userCodeUnknown)
            door.clock.pass(600)
            try await door.access.sweep()
            #expect(await answer(door, waiting)?.code == .invalidGrant)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a code gives one token: for a minute the same again, then none`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            try await door.access.approve("\(begun.grant.userCode)", scopes: [.read], by: owner.session)
            let first = try await door.access.redeem(begun.deviceCode.text)
            door.clock.pass(59)
            let again = try await door.access.redeem(begun.deviceCode.text)
            #expect(again.token.text == first.token.text && again.agent.id == first.agent.id)
            door.clock.pass(1)
            #expect(await answer(door, begun)?.code == .invalidGrant)
            #expect(try await door.access.agents().map(\.id) == [first.agent.id])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a program that fetches its token many times at once is one agent`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            try await door.access.approve("\(begun.grant.userCode)", scopes: [.read], by: owner.session)
            let outcome = try await together(8) { try await door.access.redeem(begun.deviceCode.text) }
            #expect(outcome.done.count == 8)
            #expect(Set(outcome.done.map(\.token.text)).count == 1)
            #expect(try await door.access.agents().map(\.id) == [outcome.done[0].agent.id])
        }
    }

    @Test(arguments: Backend.allCases)
    func `of a yes and a no at once one holds`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            let code = "\(begun.grant.userCode)"
            async let yes = refusal { try await door.access.approve(code, scopes: [.read], by: owner.session) }
            async let no = refusal { try await door.access.deny(code, by: owner.session) }
            let refused = await [yes, no].compactMap(\.?.code)
            #expect(refused == [.userCodeUnknown])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a revoked agent is out, and its code lets nobody in again`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.knock()
            try await door.access.approve("\(begun.grant.userCode)", scopes: [.read], by: owner.session)
            let admitted = try await door.access.redeem(begun.deviceCode.text)
            let other = try await door.agent(owner)
            #expect(try await door.access.revoke(admitted.agent.id))
            #expect(try await !door.access.revoke(admitted.agent.id))
            #expect(try await door.access.agent(admitted.token.text) == nil)
            #expect(await answer(door, begun)?.code == .invalidGrant)
            #expect(try await door.access.agents().map(\.id) == [other.agent.id])
        }
    }

    @Test(arguments: Backend.allCases)
    func `an agent gets no more than it asked for, and not nothing`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let begun = try await door.access.beginGrant(name: "\u{7}\n", scopes: [.read], by: stranger)
            #expect(begun.grant.name == "An agent")
            for scopes in [[], [.manage], [.read, .setup]] as [Set<AgentScope>] {
                let refused = await refusal {
                    try await door.access.approve("\(begun.grant.userCode)", scopes: scopes, by: owner.session)
                }
                #expect(refused?.code == .scopesUnfit)
            }
            #expect(await answer(door, begun)?.code == .authorizationPending)
            let nothing = await refusal { _ = try await door.access.beginGrant(name: "x", scopes: [], by: stranger) }
            #expect(nothing?.code == .scopesUnfit)
        }
    }

    @Test func `guessing user codes is slowed down, and a right one is free`() async throws {
        try await Door.owned(.memory) { door, owner in
            let code = "\(try await door.knock().grant.userCode)"
            for guess in ["BBBB-BBBB", "", "short", "AEIO-UAEI"] + Array(repeating: "CCCC-CCCC", count: 6) {
                let refused = await refusal { _ = try await door.access.grant(guess, by: owner.session) }
                #expect(refused?.code == .userCodeUnknown)
            }
            let slowed = await refusal {
                try await door.access.approve(code, scopes: [.read], by: owner.session)
            }
            #expect(slowed?.code == .tooManyAttempts && slowed?.retryAfter == 6)
            door.clock.pass(6)
            for _ in 0..<20 { _ = try await door.access.grant(code, by: owner.session) }
        }
    }

    @Test(arguments: Backend.allCases)
    func `a hundred programs may wait, and ten from one network`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            for _ in 0..<10 { _ = try await door.knock() }
            let eager = await refusal { _ = try await door.knock() }
            #expect(eager?.code == .tooManyAttempts && eager?.retryAfter == 60)
            var last: BegunGrant?
            for number in 10..<100 {
                door.clock.pass(6)
                last = try await door.knock(by: Visitor(address: "203.0.113.\(number)"))
            }
            let overflow = await refusal { _ = try await door.knock(by: home) }
            #expect(overflow?.code == .grantsFull)
            try await door.access.deny("\(try #require(last).grant.userCode)", by: owner.session)
            _ = try await door.knock(by: home)
        }
    }

    @Test func `device codes are not guessed by their form`() async throws {
        try await Door.owned(.memory) { door, owner in
            let begun = try await door.knock()
            try await door.access.approve("\(begun.grant.userCode)", scopes: [.read], by: owner.session)
            let bare = begun.deviceCode.text.dropFirst(4)
            for guess in ["", "\(begun.grant.userCode)", "mxa_" + bare, String(bare), begun.deviceCode.text + "="] {
                #expect(await refusal { _ = try await door.access.redeem(guess) }?.code == .invalidGrant)
            }
        }
    }
}
