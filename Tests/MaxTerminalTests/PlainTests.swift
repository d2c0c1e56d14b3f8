import PseudoTerminal
import Testing

@Suite struct PlainTests {
    @Test func `uses no colour under NO_COLOR`() async throws {
        try await withProbe("ask", "problem", environment: ["NO_COLOR": "1"]) { tty in
            try await tty.expect("at all.")
            await tty.send("x\r")
            try await tty.wait()
            #expect(!tty.text.contains(/\u{1B}\[[0-9;]*m/))
        }
    }

    @Test func `asks in whole lines, without one escape sequence, on a dumb terminal`() async throws {
        try await withProbe("ask", environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("Tenant URL")
            try await tty.expect("> ")
            await tty.send("https://acme.test\r")
            try await tty.expectResult(#"{"value":"https://acme.test"}"#)
            #expect(!tty.transcript.contains(0x1B))
        }
    }

    @Test func `says on a dumb terminal why a line is refused, and takes another from its beginning`() async throws {
        try await withProbe("mend", environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("Enter alone takes https://old.test")
            try await tty.expect("> ")
            await tty.send("new\r")
            try await tty.expect("A web address begins with https://.")
            try await tty.expect("> ")
            await tty.send("https://new.test\r")
            try await tty.expectResult(#"{"value":"https://new.test"}"#)
        }
    }

    @Test func `keeps an earlier answer on Enter alone on a dumb terminal`() async throws {
        try await withProbe("mend", environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("> ")
            await tty.send("\r")
            try await tty.expectResult(#"{"value":"https://old.test"}"#)
        }
    }

    @Test func `hides a secret on a dumb terminal too`() async throws {
        try await withProbe("secret", environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("> ")
            await tty.send("canary\r")
            let result = try await tty.result()
            #expect(result.contains(#""hash""#))
            #expect(!tty.text.contains("canary"))
            #expect(tty.isRestored)
        }
    }

    @Test(arguments: [("choose", "2\r", #"["beta"]"#), ("many", "1\r3\r\r", #"["alpha", "gamma"]"#)])
    func `picks from a list on a dumb terminal`(prompt: String, typed: String, ids: String) async throws {
        try await withProbe(prompt, environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("> ")
            await tty.send(typed)
            try await tty.expectResult(#"{"value":\#(ids)}"#)
            #expect(!tty.transcript.contains(0x1B))
        }
    }

    @Test func `makes control characters in what it says harmless`() async throws {
        try await withProbe("say") { tty in
            try await tty.expect("bad")
            try await tty.wait()
            #expect(tty.screen == "good and \u{FFFD}[2Jbad\u{FFFD}\n")
        }
    }

    @Test func `shows one line while it works, and takes it away`() async throws {
        try await withProbe("work") { tty in
            try await tty.expect("Still checking")
            try await tty.expectResult(#"{"value":"done"}"#)
            #expect(tty.screen.isEmpty)
            #expect(tty.isRestored)
        }
    }

    @Test func `Ctrl-C cancels work on a dumb terminal too`() async throws {
        try await withProbe("hang", environment: ["TERM": "dumb"]) { tty in
            try await tty.expect("Waiting")
            await tty.send(.ctrlC)
            try await tty.expectResult(#"{"error":"cancelled"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `works under one plain line on a dumb terminal`() async throws {
        try await withProbe("work", environment: ["TERM": "dumb"]) { tty in
            try await tty.expectResult(#"{"value":"done"}"#)
            #expect(tty.screen == "Checking with Acme\n")
        }
    }
}
