import PseudoTerminal
import TerminalProbe
import Testing

@Suite struct SecretPromptTests {
    private static let secret = "acme_canary_0123456789"

    @Test func `shows dots and never a byte of the secret`() async throws {
        try await withProbe("secret") { tty in
            try await tty.expect("›")
            for character in Self.secret { await tty.send(String(character)) }
            try await tty.expect(String(repeating: "•", count: Self.secret.count))
            await tty.send(.enter)
            try await tty.expectResult(expected(Self.secret))
            #expect(!tty.text.contains("acme_") && !tty.text.contains("canary"))
            #expect(tty.screen == "› API token  ••••••••\n")
        }
    }

    @Test func `takes a secret of a megabyte in one paste`() async throws {
        let secret = String((0..<1_048_576).map { Character(Unicode.Scalar(UInt8(33 + $0 % 90))) })
        try await withProbe("secret") { tty in
            try await tty.expect("›")
            await tty.paste(secret + "\n")
            try await tty.expect("Removed a line break")
            await tty.send(.enter)
            try await tty.expectResult(expected(secret))
        }
    }

    @Test func `keeps the line breaks within a pasted key`() async throws {
        try await withProbe("secret") { tty in
            try await tty.expect("›")
            await tty.paste("-----BEGIN-----\rabc\r-----END-----\r")
            await tty.send(.enter)
            try await tty.expectResult(expected("-----BEGIN-----\nabc\n-----END-----"))
        }
    }

    @Test func `keeps control characters of a paste, Ctrl-C among them, for the caller to refuse`() async throws {
        try await withProbe("secret") { tty in
            try await tty.expect("›")
            await tty.paste("a\u{3}b\u{0}c")
            await tty.send(.enter)
            try await tty.expectResult(expected("a\u{3}b\u{0}c"))
        }
    }

    @Test func `keeps what is held on Enter alone`() async throws {
        try await withProbe("secret", "held") { tty in
            try await tty.expect("Enter alone keeps it")
            await tty.send(.enter)
            try await tty.expectResult(expected(""))
            #expect(tty.screen == "› API token  ••••••••\n")
        }
    }

    @Test func `goes back`() async throws {
        try await withProbe("secret", "back") { tty in
            try await tty.expect("goes back")
            await tty.send("<\r")
            try await tty.expectResult(#"{"back":true}"#)
        }
    }

    private func expected(_ secret: String) -> String {
        let bytes = Array(secret.utf8)
        return #"{"value":\#(bytes.count),"hash":\#(fingerprint(bytes))}"#
    }
}
