import PseudoTerminal
import Testing

@Suite struct ListPromptTests {
    @Test(arguments: [
        ("\r", "alpha"), ("3\r", "gamma"), ("\u{1B}[B\u{1B}[B\u{1B}[B\r", "delta"), ("\u{1B}[A\r", "東京"),
        ("gam\r", "gamma"), ("東\r", "東京"), ("zzz\u{15}bet\r", "beta"), ("2\u{7F}\r", "beta"),
    ])
    func `picks by number, arrows and typing`(typed: String, id: String) async throws {
        try await withProbe("choose") { tty in
            try await tty.expect("5  東京")
            await tty.send(typed)
            try await tty.expectResult(#"{"value":["\#(id)"]}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `shows the entries numbered, and the filter at work`() async throws {
        try await withProbe("choose", "back", columns: 40) { tty in
            try await tty.expect("goes back")
            await tty.send("ta")
            try await tty.expectScreen { screen in
                screen == """
                    ? Workspace
                      › ta
                    ❯ 2  Beta
                      4  Delta
                      < and Enter goes back
                    """
            }
            await tty.send(.escape)
            try await tty.expectScreen { $0.contains("3  Gamma") }
            await tty.send("<")
            await tty.send(.enter)
            try await tty.expectResult(#"{"back":true}"#)
        }
    }

    @Test func `ticks many, by arrows, number and filter`() async throws {
        try await withProbe("many") { tty in
            try await tty.expect("5  [ ] 東京")
            await tty.send(.down)
            await tty.send(" 4 gam\r\r")
            try await tty.expectResult(#"{"value":["beta", "gamma", "delta"]}"#)
            #expect(tty.screen == "› Workspaces  Beta, Gamma, Delta\n")
        }
    }

    @Test func `unticks`() async throws {
        try await withProbe("many") { tty in
            try await tty.expect("5  [ ] 東京")
            await tty.send("1\r2\r1 \r")
            try await tty.expectResult(#"{"value":["beta"]}"#)
        }
    }

    @Test func `scrolls a list of 500 within the window`() async throws {
        try await withProbe("long", columns: 40, rows: 12) { tty in
            try await tty.expect("1 of 500")
            #expect(tty.screen.split(separator: "\n").count < 12)
            await tty.send(.end)
            try await tty.expect("500 of 500")
            await tty.send(.pageUp)
            try await tty.expect("493 of 500")
            await tty.send("321")
            try await tty.expect("321 of 500")
            #expect(tty.screen.contains("❯ 321  Project 2247"))
            #expect(tty.screen.split(separator: "\n").count < 12)
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":["p321"]}"#)
        }
    }

    @Test func `redraws within a window that changed its size`() async throws {
        try await withProbe("long", columns: 80, rows: 24) { tty in
            try await tty.expect("1 of 500")
            tty.resize(columns: 30, rows: 10)
            try await tty.expect("1 of 500")
            try await tty.expectScreen { screen in
                let rows = screen.split(separator: "\n")
                return rows.count < 10 && rows.allSatisfy { $0.count < 30 } && rows[0] == "? Project"
            }
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":["p1"]}"#)
        }
    }

    @Test func `searches elsewhere for what is typed`() async throws {
        try await withProbe("search") { tty in
            try await tty.expect("1  first")
            await tty.send("swift")
            try await tty.expect("Searching")
            try await tty.expect("found swift")
            await tty.send(.down)
            await tty.send(.up)
            await tty.send(.enter)
            try await tty.expectResult(#"{"value":["swift"]}"#)
        }
    }
}
