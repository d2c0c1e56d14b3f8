import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// A project moves to another machine, as its owner moves it.
struct BackupTests {
    private static let passphrase = ["MAX_BACKUP_PASSPHRASE": "correct horse battery"]

    /// Writes a backup of a place where one account was collected from, and returns the file.
    private func backUp(_ place: Playground, _ acme: AcmeAddress, _ options: String...) async throws -> String {
        try await place.connect(acme, syncing: true)
        let file = place.file("house.backup").path
        let reply = try await place.max(["backup", file, "--json"] + options, environment: Self.passphrase).reply(0)
        #expect(reply.at("backup.connections") == 1)
        return file
    }

    @Test func `goes on elsewhere without a new login`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme)
            let records = try await place.max("count", "acme-dana", "AcmeTask", "--json").reply(0).at("count")
            try await place.elsewhere { other in
                let restored = try await other.max(["restore", file, "--json"], environment: Self.passphrase).reply(0)
                #expect(restored["restored"] == true && restored["records"] == true)
                #expect(try await other.max("count", "acme-dana", "AcmeTask", "--json").reply(0).at("count") == records)
                let again = try await other.max("sync", "acme-dana", "--json").reply(0)
                #expect(again.at("sync.state") == "complete")
                #expect(try other.mode(".max/vault.key") == 0o600 && other.mode(".max/max.db") == 0o600)
            }
        }
    }

    @Test func `without its records it collects them anew`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme, "--without-records")
            try await place.elsewhere { other in
                _ = try await other.max(["restore", file, "--json"], environment: Self.passphrase).reply(0)
                let again = try await other.max("sync", "acme-dana", "--json").reply(0)
                #expect(again.at("sync.state") == "complete" && again.at("sync.counts.AcmeTask.added") != 0)
            }
        }
    }

    @Test func `checks a file and touches nothing`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme)
            try await place.elsewhere { other in
                let checked = try await other.max(["restore", file, "--verify"], environment: Self.passphrase)
                #expect(checked.status == .exited(0) && checked.out.hasPrefix("The file is whole"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: other.folder.path).isEmpty)
                let wrong = ["MAX_BACKUP_PASSPHRASE": "correct horse batterz"]
                let refused = try await other.max(["restore", file, "--json"], environment: wrong).refusal(1)
                #expect(refused["code"] == "passphrase_wrong")
                #expect(try FileManager.default.contentsOfDirectory(atPath: other.folder.path).isEmpty)
            }
        }
    }

    @Test func `replaces no file unless it is told to, and nothing that the project lives on`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme)
            let again = try await place.max(["backup", file, "--json"], environment: Self.passphrase).refusal(1)
            #expect(again["code"] == "file_exists")
            _ = try await place.max(["backup", file, "--force", "--json"], environment: Self.passphrase).reply(0)
            for own in [".max/max.db", ".max/vault.key", "max.json", ".max/new"] {
                let words = ["backup", own, "--force", "--json"]
                let refused = try await place.max(words, environment: Self.passphrase).refusal(1)
                #expect(refused["code"] == "file_unwritable", "\(own)")
                let report = try await place.max("diagnose", "acme-dana", "--output", own, "--force", "--json")
                #expect(report.status == .exited(1), "\(own)")
            }
            #expect(try await place.connections().count == 1)
        }
    }

    @Test func `is not made of what it could not open again`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let key = Data(repeating: 7, count: 32).base64EncodedString()
            let foreign = Self.passphrase.merging(["MAX_VAULT_KEY": key]) { $1 }
            let refused = try await place.max(["backup", "house.backup", "--json"], environment: foreign).refusal(1)
            #expect(refused["code"] == "vault_locked")
            #expect(!FileManager.default.fileExists(atPath: place.file("house.backup").path))
            _ = try await place.max(["backup", "house.backup", "--force", "--json"], environment: foreign).reply(0)
        }
    }

    @Test func `is not restored over a project that is there`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme)
            let refused = try await place.max(["restore", file, "--json"], environment: Self.passphrase).refusal(1)
            #expect(refused["code"] == "project_in_use")
            #expect(try await place.connections().count == 1)
        }
    }

    @Test func `holds nothing that can be read without its passphrase`() async throws {
        try await withAcme { place, acme in
            let bytes = try Data(contentsOf: URL(filePath: await backUp(place, acme)))
            for planted in [acme.key, "dana@acme.test", "AcmeTask", "SQLite format"] {
                #expect(bytes.range(of: Data(planted.utf8)) == nil)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: place.file(".max").path)
            #expect(!left.contains { $0.hasPrefix("backup") })
        }
    }

    @Test func `goes on while keys are replaced and records come in`() async throws {
        try await withAcme(AcmeSandboxOptions(latency: .milliseconds(5))) { place, acme in
            _ = try await backUp(place, acme)
            for round in 1...3 {
                let file = place.file("house-\(round).backup").path
                async let rotation = place.max("vault", "rotate", "--json")
                async let sync = place.max("sync", "acme-dana", "--full", "--json")
                async let backup = place.max(["backup", file, "--json"], environment: Self.passphrase)
                _ = try await (rotation.reply(0), sync.reply(0), backup.reply(0))
                try await place.elsewhere { other in
                    _ = try await other.max(["restore", file, "--json"], environment: Self.passphrase).reply(0)
                    let status = try await other.max("vault", "status", "--json").reply(0)
                    #expect(status.at("vault.lockedConnections") == [:])
                    let again = try await other.max("sync", "acme-dana", "--json").reply(0)
                    #expect(again.at("sync.state") == "complete")
                    let look = try StoreLook(other)
                    #expect(try look.faults == [])
                    try look.expect(try await AcmeDesk(acme).everything(), "round \(round)")
                }
            }
        }
    }

    @Test func `says which key a restored project needs when the settings name another`() async throws {
        try await withAcme { place, acme in
            let file = try await backUp(place, acme)
            try await place.elsewhere { other in
                let key = ["MAX_VAULT_KEY": String(repeating: "ab", count: 32)]
                let restored = try await other.max(["restore", file], environment: Self.passphrase.merging(key) { $1 })
                #expect(restored.status == .exited(0), "\(restored)")
                #expect(restored.err.contains("your settings name another key"), "\(restored)")
                let locked = try await other.max(["ls", "--json"], environment: key).reply(0)
                #expect(locked.at("connections.0.health.headline") == "locked")
                #expect(locked.at("connections.0.health.setting") == "MAX_VAULT_KEY")
                let again = try await other.max("sync", "acme-dana", "--json").reply(0)
                #expect(again.at("sync.state") == "complete")
            }
        }
    }

    @Test func `asks for the passphrase twice, and says what is wrong with it`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try await place.onTerminal("backup", "house.backup") { tty in
                try await tty.answer("Passphrase of the backup", "short")
                try await tty.expect("At least 12 characters")
                await tty.send(line: "\u{15}correct horse battery")
                try await tty.answer("The same again", "correct horse batterz")
                try await tty.expect("That is not the same")
                await tty.send(line: "\u{15}correct horse battery")
                try await tty.expectEnd(0)
                #expect(tty.screen.contains("1 connection in house.backup"))
            }
            let missing = try await place.max("backup", "another.backup", "--json").refusal(1)
            #expect(missing["code"] == "passphrase_missing")
        }
    }
}
