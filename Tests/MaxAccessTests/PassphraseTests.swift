import Foundation
import MaxAccess
import MaxCore
import MaxHub
import MaxStore
import Testing

struct PassphraseTests {
    @Test(arguments: Backend.allCases)
    func `the link of the first start makes an owner, once`(backend: Backend) async throws {
        try await Door.with(backend) { door in
            #expect(try await !door.access.hasOwner())
            let link = try await door.access.makeWelcomeLink().text
            #expect(try await door.access.welcomes(link))
            #expect(try await door.access.welcomes(link))
            let owner = try await door.access.choosePassphrase(SecretValue(right), with: link, by: home)
            #expect(try await door.access.hasOwner())
            #expect(try await door.access.session(owner.token.text)?.id == owner.session.id)
            #expect(try await !door.access.welcomes(link))
            let again = await refusal {
                _ = try await door.access.choosePassphrase(SecretValue(wrong), with: link, by: stranger)
            }
            #expect(again?.code == .linkSpent)
            _ = try await door.signIn(right)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a newer link ends the earlier one, and a day ends both`(backend: Backend) async throws {
        try await Door.with(backend) { door in
            let (old, new) = (try await door.access.makeWelcomeLink(), try await door.access.makeWelcomeLink())
            #expect(try await !door.access.welcomes(old.text))
            door.clock.pass(24 * 3600 - 1)
            #expect(try await door.access.welcomes(new.text))
            door.clock.pass(1)
            #expect(try await !door.access.welcomes(new.text))
            let late = await refusal {
                _ = try await door.access.choosePassphrase(SecretValue(right), with: new.text, by: home)
            }
            #expect(late?.code == .linkSpent)
            #expect(try await !door.access.hasOwner())
        }
    }

    @Test(arguments: Backend.allCases)
    func `nothing else than such a link makes an owner`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let link = try await door.access.ownerLink(for: SessionID(rawValue: "set_one"))
            let welcome = try await door.access.makeWelcomeLink().text
            let guesses = [
                "", "mxw_", owner.token.text, link.text, welcome + "A", String(welcome.dropLast()),
                "mxw_" + link.text.dropFirst(4), "mxl_" + welcome.dropFirst(4),
            ]
            for guess in guesses {
                let refused = await refusal {
                    _ = try await door.access.choosePassphrase(SecretValue(wrong), with: guess, by: stranger)
                }
                #expect(refused?.code == .linkSpent)
            }
            #expect(try await door.access.welcomes(welcome))
            #expect(try await door.access.open(link.text, by: owner.session).rawValue == "set_one")
            _ = try await door.signIn(right)
        }
    }

    @Test(arguments: Backend.allCases)
    func `an unfit passphrase is refused and leaves the link alone`(backend: Backend) async throws {
        try await Door.with(backend) { door in
            let link = try await door.access.makeWelcomeLink().text
            for unfit in ["", "eleven char", String(repeating: " ", count: 20), String(repeating: "é", count: 600)] {
                let refused = await refusal {
                    _ = try await door.access.choosePassphrase(SecretValue(unfit), with: link, by: home)
                }
                #expect(refused?.code == .passphraseUnfit)
            }
            _ = try await door.access.choosePassphrase(SecretValue("twelve chars"), with: link, by: home)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a reset ends every session and the passphrase before, and no agent`(backend: Backend) async throws {
        try await Door.owned(backend) { door, owner in
            let agent = try await door.agent(owner)
            let other = try await door.signIn(right)
            let new = try await door.choose("another good passphrase")
            #expect(try await door.access.session(owner.token.text) == nil)
            #expect(try await door.access.session(other.token.text) == nil)
            #expect(try await door.access.sessions().map(\.id) == [new.session.id])
            #expect(await refusal { _ = try await door.signIn(right) }?.code == .passphraseWrong)
            #expect(try await door.access.agent(agent.token.text) != nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `of many who choose with one link exactly one is the owner`(backend: Backend) async throws {
        try await Door.with(backend) { door in
            let link = try await door.access.makeWelcomeLink().text
            let outcome = try await together(8) {
                try await door.access.choosePassphrase(SecretValue(right), with: link, by: home)
            }
            #expect(outcome.done.count == 1)
            #expect(outcome.refused == Array(repeating: .linkSpent, count: 7))
            #expect(try await door.access.sessions().map(\.id) == outcome.done.map(\.session.id))
        }
    }

    @Test func `a passphrase is the same from every keyboard`() async throws {
        try await Door.with(.memory) { door in
            _ = try await door.choose("na\u{EF}ve\u{3000}passphrase")
            _ = try await door.signIn("nai\u{308}ve passphrase")
            #expect(await refusal { _ = try await door.signIn("naive passphrase") }?.code == .passphraseWrong)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a sign-in raises the cost to the standard of today, and a sign-in never lowers it`(
        backend: Backend
    ) async throws {
        try await Door.owned(backend) { door, _ in
            let before = try #require(try await door.rows.passphrase())
            _ = try await Door(rows: door.rows, rounds: 64).signIn(right)
            let raised = try #require(try await door.rows.passphrase())
            #expect(before.cost.rounds == 16 && raised.cost.rounds == 64)
            #expect(before.salt != raised.salt && before.hash != raised.hash)
            _ = try await door.signIn(right)
            #expect(try await door.rows.passphrase() == raised)
        }
    }

    @Test(arguments: Backend.allCases)
    func `many who raise the cost at once are all let in`(backend: Backend) async throws {
        try await Door.owned(backend) { door, _ in
            let raising = Door(rows: door.rows, rounds: 64)
            let outcome = try await together(4) { try await raising.signIn(right) }
            #expect(outcome.done.count == 4)
            _ = try await door.signIn(right)
        }
    }

    @Test func `a sign-in does not outlive the passphrase it was begun with`() async throws {
        try await Door.owned(.memory) { door, _ in
            let old = try #require(try await door.rows.passphrase())
            _ = try await door.choose("another good passphrase")
            let late = OwnerSession(
                id: OwnerSessionID(rawValue: "own_late"), visitor: stranger, beganAt: noon, seenAt: noon)
            let begun = try await door.rows.begin(
                late, TokenDigest(rawValue: "t"), knowing: old, raisedTo: old, replacing: nil)
            #expect(!begun)
            #expect(try await door.access.sessions().count == 1)
        }
    }

    @Test func `without an owner nobody signs in`() async throws {
        try await Door.with(.memory) { door in
            #expect(await refusal { _ = try await door.signIn(right) }?.code == .ownerMissing)
        }
    }
}
