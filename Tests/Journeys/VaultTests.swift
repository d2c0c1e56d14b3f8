import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// The keys that seal every secret, as their owner meets them.
struct VaultTests {
    @Test func `rotating seals everything anew and drops the old key`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let (sealed, file) = (try StoreLook(place).secrets, try Data(contentsOf: place.file(".max/vault.key")))
            let before = try await place.max("vault", "status", "--json").reply(0)

            let rotation = try await place.max("vault", "rotate", "--json").reply(0)
            #expect(rotation.at("rotation.secrets") == 1)
            #expect(rotation.at("rotation.droppedKeys.0") == before.at("vault.currentKey"))
            #expect(try StoreLook(place).secrets != sealed)
            #expect(try Data(contentsOf: place.file(".max/vault.key")) != file)
            #expect(try place.mode(".max/vault.key") == 0o600)

            let after = try await place.max("vault", "status", "--json").reply(0)
            #expect(after.at("vault.currentKey") == rotation.at("rotation.currentKey"))
            #expect(after.at("vault.keys")?.array?.count == 1)
        }
    }

    @Test func `without its key everything starts, and a setup says so before a secret is typed`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let status = try await place.max("vault", "status", "--json").reply(0)
            let key = try #require(status.at("vault.currentKey")?.string)
            try FileManager.default.moveItem(at: place.file(".max/vault.key"), to: place.file("key.away"))

            #expect(try await place.connections().first?["locked"] == .string("locked: key \(key) is missing"))
            #expect(try await place.max("ls").out.contains("Locked · key \(key) is missing"))
            let doctor = try await place.max("doctor", "--json").reply(1)
            let wrong = doctor["findings"]?.array?.filter { $0["ok"] == false } ?? []
            #expect(doctor["ok"] == false && wrong.contains { $0["check"] == "vault" && $0["fix"] != nil })
            _ = try await place.max("show", "acme-dana", "--json").reply(0)
            _ = try await place.max("rename", "acme-dana", "Mine", "--json").reply(0)
            try await place.onTerminal("connect", "acme", "--name", "another") { tty in
                try await tty.expectEnd(1)
                #expect(tty.screen.contains("key"))
                #expect(!tty.screen.contains("Tenant URL"))
            }
            #expect(try await place.connecting(acme, key: acme.secondKey).finish().refusal(1)["code"] == "vault_locked")
            #expect(try StoreLook(place).count("setup_session") == 0)

            try FileManager.default.moveItem(at: place.file("key.away"), to: place.file(".max/vault.key"))
            #expect(try await place.connections().first?["locked"] == nil)
        }
    }

    @Test func `what is told about a lost key file brings the connection back`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try FileManager.default.removeItem(at: place.file(".max/vault.key"))
            let again = ["reconnect", "acme-dana", "--secret-env", "api_token=ACME_KEY", "--yes", "--json"]
            let error = try await place.run(again, environment: ["ACME_KEY": acme.key]).finish().refusal(1)
            let fix = try #require(error["fix"]?.string)
            let command = try #require(fix.split(separator: "`").first { $0.hasPrefix("(umask") })
            var shell = place.run(["-c", String(command)])
            shell.program = "/bin/sh"
            #expect(try await shell.finish().status == .exited(0))

            _ = try await place.run(again, environment: ["ACME_KEY": acme.key]).finish().reply(0)
            #expect(try await place.connections().first?["locked"] == nil)
        }
    }

    @Test func `a key file that others can read is refused with the way to mend it`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: place.file(".max/vault.key").path)
            let error = try await place.connecting(acme, key: acme.secondKey).finish().refusal(1)
            #expect(error["message"]?.string?.contains("open to other users") == true)
            #expect(error["fix"]?.string?.contains("chmod 600") == true)
            #expect(try await place.max("doctor").status == .exited(1))
        }
    }

    @Test(arguments: ["MAX_VAULT_KEY", "MAX_VAULT_KEY_FILE", "MAX_VAULT_KEY_COMMAND"])
    func `the master key may come from outside`(name: String) async throws {
        try await withAcme { place, acme in
            try await withPlayground { other in
                #expect(try await other.max("init").status == .exited(0))
                let file = other.file(".max/vault.key")
                let text = try String(contentsOf: file, encoding: .utf8)
                let key = try #require(text.split(separator: "\n").last { !$0.hasPrefix("#") })
                let values = [
                    "MAX_VAULT_KEY": String(key), "MAX_VAULT_KEY_FILE": file.path,
                    "MAX_VAULT_KEY_COMMAND": "cat '\(file.path)'",
                ]
                var place = place
                place.environment[name] = values[name]
                try await place.connect(acme)
                #expect(!FileManager.default.fileExists(atPath: place.file(".max/vault.key").path))
                place.environment[name] = nil
                #expect(try await place.connections().first?["locked"] != nil)
            }
        }
    }
}
