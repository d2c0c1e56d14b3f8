import Glibc
import PseudoTerminal
import Testing

@Suite struct LiveTests {
    @Test func `draws its lines again in place and leaves the last of them standing`() async throws {
        try await withProbe("live") { tty in
            try await tty.expect("tasks 1")
            try await tty.expect("Collecting…")
            try await tty.expect("tasks 2")
            try await tty.expectResult(#"{"value":"done"}"#)
            #expect(tty.screen == "✓ people 16\n✓ tasks 160\n")
            #expect(tty.isRestored)
        }
    }

    @Test func `never erases what it is about to draw again`() async throws {
        try await withProbe("live") { tty in
            try await tty.expectResult(#"{"value":"done"}"#)
            #expect(!tty.text.contains("\r\u{1B}[J") && !tty.text.contains("\u{1B}[2J"))
        }
    }

    @Test(arguments: [20, 33, 80]) func `keeps within the window`(columns: Int) async throws {
        try await withProbe("watch", columns: columns) { tty in
            try await tty.expectScreen { $0.contains("###") && $0.contains("Collecting…") }
            #expect(tty.screen.split(separator: "\n").map(\.count).max() == columns - 1)
            #expect(tty.screen.split(separator: "\n").count == 4)
            await tty.send(.ctrlC)
            try await tty.wait()
        }
    }

    @Test func `shows the last lines where the window is too low for all`() async throws {
        try await withProbe("watch", rows: 4) { tty in
            try await tty.expectScreen { $0.hasSuffix("Collecting…") }
            await tty.send(.ctrlC)
            try await tty.wait()
        }
    }

    @Test func `takes a changed window into account`() async throws {
        try await withProbe("watch", columns: 60) { tty in
            try await tty.expect("Collecting…")
            tty.resize(columns: 100, rows: 24)
            try await tty.expectScreen { screen in
                screen.split(separator: "\n").count == 4 && screen.contains(String(repeating: "#", count: 98))
            }
            await tty.send(.ctrlC)
            try await tty.wait()
        }
    }

    @Test func `lets work that is stopped tell what it came to`() async throws {
        try await withProbe("watch") { tty in
            try await tty.expect("Collecting…")
            #expect(!tty.isEchoing && !tty.showsCursor)
            await tty.send(.ctrlC)
            try await tty.expectResult(#"{"value":"stopped"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `says that it stops, and ends on the second Ctrl-C`() async throws {
        try await withProbe("deaf") { tty in
            try await tty.expect("Collecting…")
            await tty.send(.ctrlC)
            try await tty.expect("Stopping…")
            await tty.send(.ctrlC)
            try await tty.expectEnd(.signalled(SIGINT))
            #expect(tty.isRestored)
        }
    }

    @Test func `draws anew below after it was stopped`() async throws {
        try await withProbe("watch") { tty in
            try await tty.expect("Collecting…")
            tty.kill(SIGSTOP)
            tty.kill(SIGCONT)
            try await tty.expect("Collecting…")
            #expect(!tty.isEchoing)
            await tty.send(.ctrlC)
            try await tty.expectResult(#"{"value":"stopped"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP]) func `gives the terminal back and dies of a fatal signal`(signal: Int32)
        async throws
    {
        try await withProbe("watch") { tty in
            try await tty.expect("Collecting…")
            tty.kill(signal)
            try await tty.expectEnd(.signalled(signal))
            #expect(tty.isRestored && tty.screen.hasSuffix("\n"))
        }
    }

    @Test func `shows nothing of itself where the cursor cannot be moved`() async throws {
        try await withProbe("live", environment: ["TERM": "dumb"]) { tty in
            try await tty.expectResult(#"{"value":"done"}"#)
            #expect(tty.transcript.isEmpty)
        }
    }
}
