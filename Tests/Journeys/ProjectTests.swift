import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// The folder `max` works in, and what it tells of itself.
struct ProjectTests {
    @Test func `a project keeps what is private to its owner and nothing secret where it is committed`() async throws {
        try await withAcme { place, acme in
            let made = try await place.max("init", "--json")
            #expect(made.status == .exited(0), "\(made)")
            try await place.connect(acme)
            #expect(try place.mode(".max") == 0o700)
            #expect(try place.mode(".max/vault.key") == 0o600)
            #expect(try place.mode(".max/max.db") & 0o077 == 0)
            #expect(try String(contentsOf: place.file(".max/.gitignore"), encoding: .utf8) == "*\n")
            let manifest = try JSON(parsing: Data(contentsOf: place.file("max.json")))
            #expect(manifest.object.map { Set($0.keys) } == ["max", "name"])
        }
    }

    @Test func `a project is found from a folder in it, and named from anywhere`() async throws {
        try await withPlayground { place in
            _ = try await place.max("connect", "acme", "--sandbox", "--yes", "--json").reply(0)
            let deep = place.file("notes/2026")
            try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
            let inside = try await place.max("ls", "--json", in: "notes/2026").reply(0)
            #expect(inside["connections"]?.array?.count == 1)
            #expect(!FileManager.default.fileExists(atPath: deep.appending(path: "max.json").path))
            try await withPlayground { elsewhere in
                let named = elsewhere.run(["ls", "--json"], environment: ["MAX_PROJECT": place.folder.path])
                let reply = try await named.finish().reply(0)
                #expect(reply.at("connections.0.id") == inside.at("connections.0.id"))
                #expect(reply["connections"]?.array?.count == 1)
                #expect(!FileManager.default.fileExists(atPath: elsewhere.file("max.json").path))
            }
        }
    }

    @Test func `a folder that was deleted meanwhile is named as the reason`() async throws {
        try await withPlayground { place in
            let max = TerminalProgram.built("max")
            let script = "mkdir gone && cd gone && rmdir ../gone && exec '\(max)' ls"
            let shell = ProgramRun(
                program: "/bin/sh", arguments: ["-c", script], environment: place.environment, folder: place.folder)
            let outcome = try await shell.finish()
            #expect(outcome.status == .exited(1))
            #expect(outcome.err.contains("does not exist any more"))
        }
    }

    @Test func `looking around makes no project`() async throws {
        try await withPlayground { place in
            for words in [["ls"], ["status"], ["connectors"], ["doctor"], ["--help"], ["--version"]] {
                let outcome = try await place.run(words).finish()
                #expect(outcome.status == .exited(0), "\(outcome)")
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
            #expect(files == [])
        }
    }

    @Test func `the keys of a project that is not there are neither shown nor replaced`() async throws {
        try await withPlayground { place in
            for word in ["status", "rotate"] {
                let error = try await place.max("vault", word, "--json").refusal(1)
                #expect(error["code"] == "project_missing" && error["fix"] != nil)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == [])
        }
    }

    @Test func `the demo project that stands beside the program works`() async throws {
        try await withPlayground { place in
            let here = URL(filePath: #filePath).deletingLastPathComponent()
            let demo = here.appending(path: "../../demo").standardizedFileURL
            try FileManager.default.copyItem(at: demo.appending(path: "max.json"), to: place.file("max.json"))
            let run = try await place.max("connect", "acme", "--sandbox", "--yes", "--json")
            #expect(try run.reply(0).at("connection.state") == "active")
            #expect(!run.err.contains("Created a project"))
            #expect(try await place.max("doctor", "--json").reply(0)["ok"] == true)
        }
    }

    @Test func `a private folder that was opened to others is closed again`() async throws {
        try await withPlayground { place in
            _ = try await place.max("init", "--json").reply(0)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.file(".max").path)
            #expect(try await place.max("doctor", "--json").reply(0)["ok"] == true)
            #expect(try place.mode(".max") == 0o700)
        }
    }

    @Test(arguments: [
        ("max.json", "{", "project_unreadable"), ("max.json", #"{"max": 2, "name": "later"}"#, "project_newer"),
    ])
    func `a project that cannot be read is refused`(file: String, text: String, code: String) async throws {
        try await withPlayground { place in
            try text.write(to: place.file(file), atomically: true, encoding: .utf8)
            #expect(try await place.max("ls", "--json").refusal(1)["code"] == .string(code))
            #expect(try String(contentsOf: place.file(file), encoding: .utf8) == text)
        }
    }

    @Test func `the version and the completions of three shells are printed`() async throws {
        try await withPlayground { place in
            let version = try await place.max("--version")
            #expect(version.status == .exited(0) && version.out.split(separator: ".").count == 3)
            for (shell, word) in [("bash", "complete"), ("zsh", "#compdef max"), ("fish", "complete -c")] {
                let script = try await place.max("completion", shell)
                #expect(script.status == .exited(0) && script.out.contains(word))
                let connect = script.out.contains("connect")
                #expect(connect)
                guard shell == "bash" else { continue }
                try script.out.write(to: place.file("max.bash"), atomically: true, encoding: .utf8)
                var check = place.run(["-n", "max.bash"])
                check.program = "/bin/bash"
                #expect(try await check.finish().status == .exited(0))
            }
        }
    }

    @Test func `a sandbox serves until it is interrupted`() async throws {
        try await withPlayground { place in
            try await place.onTerminal("sandbox", "acme") { tty in
                try await tty.expect("The acme sandbox answers at http://127.0.0.1:")
                try await tty.expect("Ctrl-C stops it.")
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
        }
    }
}
