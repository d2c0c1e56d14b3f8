import Foundation
import MaxAccess
import MaxCore
import MaxHub
import Testing

struct LinkTests {
    private static let setup = SessionID(rawValue: "set_one")

    @Test(arguments: Backend.allCases)
    func `a link leads the owner to the setup, once`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let link = try await door.access.ownerLink(for: Self.setup)
            #expect(try await door.access.open(link.text, by: owner.session) == Self.setup)
            let again = await refusal { _ = try await door.access.open(link.text, by: owner.session) }
            #expect(again?.code == .linkSpent)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a link lasts fifteen minutes`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let (one, other) = (
                try await door.access.ownerLink(for: Self.setup), try await door.access.ownerLink(for: Self.setup)
            )
            door.clock.pass(899)
            _ = try await door.access.open(one.text, by: owner.session)
            door.clock.pass(1)
            let late = await refusal { _ = try await door.access.open(other.text, by: owner.session) }
            #expect(late?.code == .linkSpent)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a link is no other token, and no other token is a link`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let link = try await door.access.ownerLink(for: Self.setup).text
            let welcome = try await door.access.makeWelcomeLink().text
            #expect(try await door.access.session("mxo_" + link.dropFirst(4)) == nil)
            #expect(try await door.access.agent("mxa_" + link.dropFirst(4)) == nil)
            for text in [welcome, "mxl_" + welcome.dropFirst(4), Self.setup.rawValue] {
                let refused = await refusal { _ = try await door.access.open(text, by: owner.session) }
                #expect(refused?.code == .linkSpent)
            }
            #expect(try await door.access.welcomes(welcome))
        }
    }

    @Test(arguments: Backend.allCases)
    func `of many who open one link exactly one is led`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let link = try await door.access.ownerLink(for: Self.setup).text
            let outcome = try await together(8) { try await door.access.open(link, by: owner.session) }
            #expect(outcome.done == [Self.setup])
            #expect(outcome.refused.count == 7)
        }
    }

    @Test(arguments: Backend.allCases)
    func `of the links to one setup the newest twenty can be used, and those to others stay`(
        backend: Backend
    ) async throws {
        try await Door.owned(backend) { door, owner in
            let elsewhere = try await door.access.ownerLink(for: SessionID(rawValue: "set_two"))
            var links: [OwnerLinkToken] = []
            for _ in 0..<21 { links.append(try await door.access.ownerLink(for: Self.setup)) }
            let oldest = await refusal { _ = try await door.access.open(links[0].text, by: owner.session) }
            #expect(oldest?.code == .linkSpent)
            for link in links.dropFirst() + [elsewhere] {
                _ = try await door.access.open(link.text, by: owner.session)
            }
        }
    }
}
