import Glibc
import PseudoTerminal
import Testing

@Suite struct RestoreTests {
    @Test(arguments: [("ask", "›"), ("secret", "›"), ("choose", "Alpha"), ("long", "1 of 500"), ("hang", "Waiting")])
    func `gives the terminal back on Ctrl-C`(prompt: String, shown: String) async throws {
        try await withProbe(prompt) { tty in
            try await tty.expect(shown)
            #expect(!tty.isEchoing)
            #expect(tty.showsCursor == (prompt != "hang"))
            await tty.send(.ctrlC)
            try await tty.expectEnd(.exited(0))
            try await tty.expectResult(#"{"error":"cancelled"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV], ["secret", "choose", "hang"])
    func `gives the terminal back and dies of a fatal signal`(signal: Int32, prompt: String) async throws {
        // Without the runtime's report of a crash, which takes seconds.
        let environment = [SIGABRT, SIGSEGV].contains(signal) ? ["SWIFT_BACKTRACE": "enable=no"] : [:]
        try await withProbe(prompt, environment: environment) { tty in
            try await tty.expect(prompt == "secret" ? "›" : prompt == "choose" ? "東京" : "Waiting")
            #expect(!tty.isEchoing)
            tty.kill(signal)
            try await tty.expectEnd(.signalled(signal))
            #expect(tty.isRestored)
            #expect(tty.screen.hasSuffix("\n"))
        }
    }

    @Test func `cancels on an interrupt from elsewhere`() async throws {
        try await withProbe("secret") { tty in
            try await tty.expect("›")
            tty.kill(SIGINT)
            try await tty.expectResult(#"{"error":"cancelled"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `ends work that does not stop on the second Ctrl-C`() async throws {
        try await withProbe("stubborn") { tty in
            try await tty.expect("Waiting")
            await tty.send(.ctrlC)
            try await tty.expect("Stopping…")
            await tty.send(.ctrlC)
            try await tty.expectEnd(.signalled(SIGINT))
            #expect(tty.isRestored)
        }
    }

    @Test func `takes the terminal again after it was stopped, and draws the question anew`() async throws {
        try await withProbe("ask") { tty in
            try await tty.expect("›")
            await tty.send("half")
            try await tty.expect("half")
            tty.kill(SIGSTOP)
            tty.kill(SIGCONT)
            try await tty.expect("Tenant URL")
            try await tty.expect("half")
            #expect(!tty.isEchoing)
            await tty.send("done\r")
            try await tty.expectResult(#"{"value":"halfdone"}"#)
            #expect(tty.isRestored)
        }
    }

    @Test func `stops on Ctrl-Z with the terminal as it was, and goes on in the foreground`() async throws {
        let probe = TerminalProgram.built("TerminalProbe")
        let options = ["--norc", "--noprofile", "--noediting", "-i"]
        let shell = TerminalProgram("/bin/bash", options, environment: ["PS1": "$ "])
        try await withPseudoTerminal(shell) { tty in
            try await tty.expect("$ ")
            await tty.send("\(probe) ask\r")
            try await tty.expect("›")
            await tty.send("half")
            try await tty.expect("half")
            await tty.send(.ctrlZ)
            try await tty.expect("Stopped")
            try await tty.expect("$ ")
            #expect(tty.isRestored)
            await tty.send("fg\r")
            try await tty.expect("Tenant URL")
            try await tty.expect("half")
            #expect(!tty.isEchoing && tty.bracketsPaste)
            await tty.send("done\r")
            try await tty.expect(#"{"value":"halfdone"}"#)
            try await tty.expect("$ ")
            #expect(tty.isRestored)
        }
    }
}
