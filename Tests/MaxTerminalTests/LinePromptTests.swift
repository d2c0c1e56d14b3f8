import PseudoTerminal
import Testing

@Suite struct LinePromptTests {
    @Test func `takes a line and collapses to one settled line`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("Enter alone starts a local Acme sandbox")
            try await tty.expect("›")
            #expect(!tty.isEchoing && !tty.isCanonical && tty.bracketsPaste)
            await tty.send("https://acme.test")
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":"https://acme.test"}"#)
            #expect(tty.screen == "› Tenant URL  https://acme.test\n")
            #expect(tty.isRestored)
        }
    }

    @Test func `looks calm while it asks`() async throws {
        try await withProbe("ask", "problem", "back") { tty in
            try await tty.expect("at all.")
            await tty.send("https://x")
            try await tty.expect("https://x")
            try await tty.expect("at all.")
            #expect(
                tty.screen == """
                    ? Tenant URL  https://mycompany.acme.com
                      Enter alone starts a local Acme sandbox
                      < and Enter goes back
                      › https://x
                      ✗ That address does not \u{FFFD}[31manswer
                        at all.
                    """)
        }
    }

    @Test func `edits by character, word and line`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.send("wörld 東京👨‍👩‍👧x")
            for key in [TerminalKey.left, .backspace, .backspace, .home] { await tty.send(key) }
            await tty.send("hello ")
            await tty.send(.end)
            await tty.send(.backspace)
            await tty.send("e\u{301} junk")
            await tty.send(.control("w"))
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":"hello wörld 東é "}"#)
        }
    }

    @Test func `keeps the cursor at the right column among wide characters`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.send("東京都")
            try await tty.expect("東京都")
            await tty.send(.left)
            await tty.send("x")
            try await tty.expectScreen { $0.contains("  › 東京x都") }
            #expect(tty.text.hasSuffix("\r\u{1B}[9C\u{1B}[?25h"))
        }
    }

    @Test func `scrolls a long line sideways in a narrow window`() async throws {
        try await withProbe("ask", columns: 40) { tty in
            try await tty.expect("›")
            await tty.send(String(repeating: "a", count: 100) + "END")
            try await tty.expect("END")
            let rows = tty.screen.split(separator: "\n")
            #expect(rows.count == 5)
            #expect(rows.allSatisfy { $0.count < 40 })
            await tty.send(.home)
            try await tty.expectScreen { !$0.contains("END") }
            await tty.send(.enter)
            let result = try await tty.result()
            #expect(result.contains("aEND"))
        }
    }

    @Test func `goes back on a lone less-than sign`() async throws {
        try await withProbe("ask", "back") { tty in
            try await tty.expect("goes back")
            await tty.send("<\r")
            try await tty.expectResult(#"{"back":true}"#)
        }
    }

    @Test func `takes a lone less-than sign for an answer where there is nothing to go back to`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.send("<\r")
            try await tty.expectResult(#"{"value":"<"}"#)
        }
    }

    @Test func `does not submit on the line break of a paste, and says that it is gone`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.paste("https://acme.test\r\n")
            try await tty.expect("Removed a line break from what you pasted.")
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":"https://acme.test"}"#)
            #expect(tty.screen.contains("Removed a line break"))
        }
    }

    @Test func `keeps what is typed ahead for the next question`() async throws {
        try await withProbe("two") { tty in
            try await tty.expect("›")
            await tty.send("one\rtwo\r")
            try await tty.expectResult(#"{"value":"one"}{"value":"two"}"#)
        }
    }

    @Test(arguments: [("\r", "false"), ("y\r", "true"), ("No\r", "false"), ("perhaps\r\u{15}yes\r", "true")])
    func `confirms`(typed: String, answer: String) async throws {
        try await withProbe("confirm") { tty in
            try await tty.expect("yes or no")
            await tty.send(typed)
            try await tty.expectResult(#"{"value":\#(answer)}"#)
        }
    }

    @Test func `tells the end of the input from an answer`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.send(.ctrlD)
            try await tty.expectResult(#"{"error":"endOfInput"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `asks nobody when the input is no terminal`() async throws {
        try await withProbe("ask", input: .file) { tty in
            try await tty.expectResult(#"{"error":"notInteractive"}"#)
            #expect(tty.transcript.isEmpty)
        }
    }
}
