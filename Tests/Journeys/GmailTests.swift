import Foundation
import GmailSandbox
import MaxCore
import PseudoTerminal
import Testing

/// A person's way to their mail.
struct GmailTests {
    @Test func `from a wrong password through an outage to records`() async throws {
        try await withGmail { place, gmail in
            try await place.onTerminal(["connect", "gmail"] + gmail.settings) { tty in
                try await tty.answer("E-mail address", gmail.account.address)
                try await tty.answer("App password", GmailAddress.unknownPassword)
                try await tty.answer("A private address", "2")
                try await tty.expect("Gmail rejected this address and password")
                await tty.send(line: GmailAddress.unknownPassword)
                try await tty.expect("3 tries left before Max pauses to protect your account.")
                await tty.send(line: gmail.password(.unavailable))
                try await tty.expect("! Saved, not proven yet. Gmail has a fault of its own right now")
                await tty.send(line: "<")
                try await tty.answer("E-mail address", "")
                try await tty.answer("App password", gmail.account.password)
                try await tty.expect("Connected as \(gmail.account.address)")
                try await tty.expect("records collected")
                try await tty.expectEnd(0)
                for secret in [GmailAddress.unknownPassword, gmail.account.password] {
                    #expect(!tty.everything.contains(secret))
                }
            }
            let connection = try #require(try await place.connections().first)
            #expect(connection["state"] == "active")
            #expect(connection["label"] == .string(gmail.account.address))
            let found = try await place.max("search", "gmail-dana", "GmailMessage", "--limit", "3", "--json").reply(0)
            #expect(found["records"]?.array?.count == 3, "\(found)")
        }
    }

    @Test func `the account's own password is told by its shape, before anybody is asked`() async throws {
        try await withPlayground { place in
            try await place.onTerminal("connect", "gmail") { tty in
                try await tty.expect("Advanced: Mail server (imap.gmail.com), Port (993), Encryption (TLS)")
                try await tty.answer("E-mail address", "dana@gmail.com")
                try await tty.answer("App password", "hunter2")
                try await tty.expect("This looks like a password, not an app password.")
                try await tty.expect("https://myaccount.google.com/apppasswords")
                // Nobody was asked, so there is nothing to tell of a way to Gmail.
                #expect(!tty.screen.contains("✗ Answer"))
                #expect(!tty.screen.contains("Address  "))
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
            #expect(try await place.setups().isEmpty)
        }
    }

    @Test func `a mail server that does not exist is asked for again, and nothing else is`() async throws {
        try await withGmail { place, gmail in
            let arguments = ["connect", "gmail", "--set", "host=mail.invalid"] + gmail.settings.dropFirst(2)
            try await place.onTerminal(arguments) { tty in
                try await tty.answer("E-mail address", gmail.account.address)
                try await tty.answer("App password", gmail.account.password)
                try await tty.expectQuestion("Mail server")
                try await tty.expect("There is no host named mail.invalid.")
                await tty.send(line: "\u{15}\(gmail.host)")
                try await tty.answer("A private address", "2")
                try await tty.expect("Connected as \(gmail.account.address)")
                try await tty.expectEnd(0)
            }
        }
    }

    @Test func `every rung of a check is shown with its time, and the one that gave way`() async throws {
        try await withGmail { place, gmail in
            try await place.onTerminal(["connect", "gmail"] + gmail.settings) { tty in
                try await tty.answer("E-mail address", gmail.account.address)
                // What was given is not told as if it could still be.
                #expect(!tty.screen.contains("Advanced:"))
                try await tty.answer("App password", GmailAddress.unknownPassword)
                try await tty.answer("A private address", "2")
                try await tty.expect("Gmail rejected")
                let lines = tty.screen.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                for name in ["✓ Address", "✓ Connection", "✓ Answer", "✗ Sign-in"] {
                    let line = try #require(lines.first { $0.hasPrefix(name) }, "\(tty.screen)")
                    #expect(line.wholeMatch(of: #/. [A-Z][a-z-]+ +(under 1 ms|[0-9]+ ms|[0-9.]+ s)/#) != nil, "\(line)")
                }
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
        }
    }

    @Test func `the rung under way is seen while a server is silent, and leaving ends the check`() async throws {
        try await withGmail { place, gmail in
            try await place.onTerminal(["connect", "gmail"] + gmail.settings) { tty in
                try await tty.answer("E-mail address", gmail.account.address)
                try await tty.answer("App password", gmail.password(.hang))
                try await tty.answer("A private address", "2")
                try await tty.expectScreen { $0.contains("› Sign-in") && $0.contains("· Account") }
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
            #expect(try await place.setups().isEmpty)
            #expect(try await place.connections().isEmpty)
        }
    }

    @Test func `a second mailbox is a connection of its own, labelled by its own address`() async throws {
        try await withGmail { place, gmail in
            let first = try await place.connecting(gmail).finish().reply(0)
            let second = try await place.connecting(gmail, as: gmail.second).finish().reply(0)
            #expect(first.at("connection.label") == .string(gmail.account.address))
            #expect(second.at("connection.label") == .string(gmail.second.address))
            #expect(first.at("connection.id") != second.at("connection.id"))
            // Each has kept its own password.
            for slug in ["gmail-dana", "gmail-erin"] {
                let again = try await place.max("sync", slug, "--json").reply(0)
                #expect(again.at("sync.state") == "complete", "\(again)")
            }
        }
    }

    @Test func `the same address again offers to update its password`() async throws {
        try await withGmail { place, gmail in
            let first = try await place.connecting(gmail).finish().reply(0)
            let refused = try await place.connecting(gmail).finish().refusal(2)
            #expect(refused["code"] == "account_taken")
            try await place.onTerminal(["connect", "gmail"] + gmail.settings) { tty in
                try await tty.answer("E-mail address", gmail.account.address.uppercased())
                try await tty.answer("App password", gmail.account.password)
                try await tty.answer("A private address", "2")
                try await tty.expect("is connected already, as gmail-dana.")
                try await tty.expect("Update its app password")
                await tty.send(line: "1")
                try await tty.expect("gmail-dana is updated and active")
                try await tty.expectEnd(0)
            }
            let connections = try await place.connections()
            #expect(connections.map { $0["id"] } == [first.at("connection.id")])
        }
    }

    @Test func `a refused password leaves nothing, and a script learns what to do about it`() async throws {
        try await withGmail { place, gmail in
            let refused = try await place.connecting(gmail, password: GmailAddress.unknownPassword).finish()
            let error = try refused.refusal(3)
            #expect(error["message"]?.string?.contains("Gmail rejected this address and password") == true)
            #expect(error["field"] == "password")
            #expect(!(refused.out + refused.err).contains(GmailAddress.unknownPassword))
            let failing = try await place.connecting(gmail, password: gmail.password(.unavailable)).finish().refusal(4)
            #expect(failing["message"]?.string?.contains("Gmail has a fault of its own right now") == true)
            #expect(try await place.connections().isEmpty)
            #expect(try await place.setups().isEmpty)
        }
    }

    @Test(arguments: ["https://imap.gmail.com", "imap.gmail.com:993", "imap gmail com", "[::1]", "imap.gmail.com/"])
    func `a mail server is a name alone`(host: String) async throws {
        try await withPlayground { place in
            let arguments = [
                "connect", "gmail", "--set", "address=dana@gmail.com", "--set", "host=\(host)", "--secret-env",
                "password=PASSWORD", "--json",
            ]
            let refused = try await place.max(arguments, environment: ["PASSWORD": "abcdefghijklmnop"]).refusal(2)
            #expect(refused["field"] == "host")
            #expect(refused["message"]?.string?.hasPrefix("A mail server is a name alone") == true)
        }
    }

    @Test func `an account is left alone after five refusals, also by another setup`() async throws {
        try await withGmail { place, gmail in
            for left in ["may be mistyped", "3 tries left", "2 tries left", "1 try left", "Max pauses until"] {
                let refused = try await place.connecting(gmail, password: GmailAddress.unknownPassword).finish()
                #expect(try refused.refusal(3)["message"]?.string?.contains(left) == true, "\(left): \(refused)")
            }
            let paused = try await place.connecting(gmail).finish().refusal(4)
            #expect(paused["code"] == "attempts_paused")
            #expect(paused["message"]?.string?.contains("asks nothing more before") == true)
            // Another account of the provider's is not.
            _ = try await place.connecting(gmail, as: gmail.second).finish().reply(0)
        }
    }

    @Test func `a sandbox of its own is a flag away`() async throws {
        try await withPlayground { place in
            let reply = try await place.max("connect", "gmail", "--sandbox", "--yes", "--json").reply(0)
            #expect(reply.at("connection.sandbox") == true)
            #expect(reply.at("sync.state") == "complete", "\(reply)")
            // Where a sandbox is changes with every start of it.
            let shown = try await place.max("show", "gmail-dana").out
            #expect(shown.contains("the connector's sandbox, started when it is needed"))
            #expect(!shown.contains("Mail server") && !shown.contains("Port"), "\(shown)")
        }
    }
}
