import AcmeSandbox
import Foundation
import HostileServer
import MaxCore
import MaxTesting
import PseudoTerminal
import Synchronization
import Testing

/// A secret shows nowhere but in the vault, and there only sealed.
struct SecretSweepTests {
    @Test func `a key on its way to the provider is in no file, argument or environment`() async throws {
        try await withPlayground { place in
            let (canary, strange) = ("acme_5eb1c0de15a11ce5ca11ab1e0ddba115", #"c4nary"/+&%é\ 5eb1c0de ca11ab1e"#)
            let sweep = CanarySweep([canary, strange])
            let process = Mutex<pid_t?>(nil)
            let leaks = Mutex<[CanaryLeak]?>(nil)
            let script = HostileServer.Script.each { _, _ in
                guard let id = process.withLock(\.self) else { return [.close] }
                let found = try? sweep.leaks(of: id) + sweep.leaks(under: place.folder)
                leaks.withLock { $0 = found }
                return [.answer(401)]
            }
            try await HostileServer.run(script) { server in
                let arguments = ["--set", "baseURL=http://127.0.0.1:\(server.port)", "--secret-stdin", "api_token"]
                let run = place.run(
                    ["connect", "acme", "--allow-host", "127.0.0.1", "--yes", "--json"] + arguments, input: canary)
                let outcome = try await run.finish { id in process.withLock { $0 = id } }
                _ = try outcome.refusal(3)
                #expect(sweep.leaks(in: outcome.out + outcome.err, of: "the output") == [])
                #expect(server.requests.contains { $0.contains("Bearer \(canary)") })

                var wrong = run
                wrong.input = Array(strange.utf8)
                let refused = try await wrong.finish()
                _ = try refused.refusal(2)
                #expect(sweep.leaks(in: refused.out + refused.err, of: "the output") == [])
            }
            #expect(leaks.withLock(\.self) == [])
            #expect(try sweep.leaks(under: place.folder) == [])
        }
    }

    @Test func `a key that was taken shows in no file and on no screen`() async throws {
        try await withAcme { place, acme in
            let sweep = CanarySweep([acme.key, acme.secondKey])
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.signIn(acme)
                try await tty.expectQuestion("Workspace")
                #expect(try sweep.leaks(under: place.folder) == [])
                await tty.send(.enter)
                try await tty.expectEnd(0)
                #expect(sweep.leaks(in: tty.transcript, of: "the terminal") == [])
            }
            let setup = try await place.startFlow(acme, answering: acme.secondKey)
            let commands = [
                ["flow", "show", setup], ["ls", "--json"], ["show", "acme-dana", "--json"], ["status", "--json"],
                ["doctor", "--json"], ["vault", "rotate", "--json"], ["vault", "status", "--json"], ["doctor"],
                ["status"],
            ]
            for command in commands {
                let outcome = try await place.run(command).finish()
                #expect(sweep.leaks(in: outcome.out + outcome.err, of: "\(command)") == [])
            }
            #expect(try sweep.leaks(under: place.folder) == [])
            #expect(try StoreLook(place).count("secret") == 2)
        }
    }

    @Test func `a program that Max starts finds no secret in its arguments and environment`() async throws {
        try await withAcme { place, acme in
            #expect(try await place.max("init").status == .exited(0))
            let key = place.file(".max/vault.key").path
            var run = place.connecting(acme)
            let (seen, moved) = (place.file("seen").path, place.file("master.key").path)
            try FileManager.default.moveItem(atPath: key, toPath: moved)
            run.environment["MAX_VAULT_KEY_COMMAND"] =
                "tr '\\0' '\\n' < /proc/self/environ > '\(seen)'; tr '\\0' '\\n' < /proc/$$/cmdline >> '\(seen)'; cat '\(moved)'"
            _ = try await run.finish().reply(0)
            let text = try String(contentsOfFile: seen, encoding: .utf8)
            #expect(text.contains("PATH="))
            #expect(CanarySweep([acme.key]).leaks(in: text, of: "the child") == [])
        }
    }
}

extension CanarySweep {
    /// The places in the arguments and environments of a process and its children where a secret shows.
    fileprivate func leaks(of process: pid_t) throws -> [CanaryLeak] {
        let own = try ["cmdline", "environ"].flatMap { file in
            let path = "/proc/\(process)/\(file)"
            return try leaks(in: Array(Data(contentsOf: URL(filePath: path))), of: path)
        }
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        let children = try tasks.flatMap { task in
            try String(contentsOfFile: "/proc/\(process)/task/\(task)/children", encoding: .utf8).split(separator: " ")
        }
        return try own + children.compactMap { pid_t($0) }.flatMap { try leaks(of: $0) }
    }
}
