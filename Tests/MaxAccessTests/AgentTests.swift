import Foundation
import MaxAccess
import MaxCore
import MaxHub
import Testing

struct AgentTests {
    @Test(arguments: Backend.allCases)
    func `an agent's token lasts ninety days`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let admitted = try await door.agent(owner)
            door.clock.pass(90 * 24 * 3600 - 1)
            #expect(try await door.access.agent(admitted.token.text) != nil)
            door.clock.pass(1)
            #expect(try await door.access.agent(admitted.token.text) == nil)
            #expect(try await door.access.agents().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `the last use is noted once a minute`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let admitted = try await door.agent(owner)
            #expect(try await door.access.agents().map(\.usedAt) == [nil])
            _ = try await door.access.agent(admitted.token.text)
            door.clock.pass(59)
            #expect(try await door.access.agent(admitted.token.text)?.usedAt == noon)
            door.clock.pass(1)
            #expect(try await door.access.agent(admitted.token.text)?.usedAt == noon + 60)
            #expect(try await door.access.agents().map(\.usedAt) == [noon + 60])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a sweep takes what is over and nothing else`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let oldAgent = try await door.agent(owner)
            door.clock.pass(89 * 24 * 3600)
            let now = try await door.signIn(right)
            let (agent, waiting) = (try await door.agent(now), try await door.knock())
            let link = try await door.access.ownerLink(for: SessionID(rawValue: "set_one"))
            let welcome = try await door.access.makeWelcomeLink()
            let setup = SetupSession(
                id: SessionID(rawValue: "set_one"), connector: "any", purpose: .add,
                connection: ConnectionID(rawValue: "con_one"), name: nil, createdAt: noon, expiresAt: noon + 1)
            try await door.rows.insert(setup)
            try await door.access.sweep()
            #expect(try await door.rows.ownerSessions().map(\.id) == [now.session.id])
            #expect(try await door.rows.agents().map(\.id) == [agent.agent.id, oldAgent.agent.id])
            #expect(try await door.access.grant("\(waiting.grant.userCode)", by: now.session) == waiting.grant)
            #expect(try await door.access.welcomes(welcome.text))
            #expect(try await door.access.open(link.text, by: now.session) == setup.id)
            #expect(try await door.rows.session(setup.id) == setup)
            door.clock.pass(24 * 3600)
            try await door.access.sweep()
            #expect(try await door.rows.agents().map(\.id) == [agent.agent.id])
            #expect(try await door.access.hasOwner())
        }
    }
}
