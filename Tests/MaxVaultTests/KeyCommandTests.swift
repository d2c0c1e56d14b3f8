import Foundation
import Glibc
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxVault

@Suite struct KeyCommandTests {
    private func run(_ line: String, environment: [String: String] = [:]) throws -> String {
        try KeyCommand(line: line, environment: environment).run().withText { $0 }
    }

    private func reason(_ line: String, limit: Duration = .seconds(10)) -> String? {
        do {
            _ = try KeyCommand(line: line, environment: [:], limit: limit).run()
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `takes what the command prints`() throws {
        #expect(try run("printf one; printf two >&2") == "one")
    }

    @Test func `gives the command its environment without the key`() throws {
        let source = MasterKeySource.choose(
            keyFile: nil, key: nil, keyCommand: "env", environment: ["HOME": "/h", "MAX_VAULT_KEY": "canary"],
            ownFile: "/p/vault.key")
        guard case .command(let line, let environment) = source else { throw NothingThrown() }
        let text = try run("/usr/bin/\(line)", environment: environment)
        #expect(text.contains("HOME=/h\n"))
        #expect(!text.contains("canary"))
    }

    @Test func `refuses a command that fails, floods or does not end`() {
        #expect(reason("echo \(KeyRingTests.base64); exit 3") == "the command in MAX_VAULT_KEY_COMMAND failed")
        #expect(reason("exec yes") == "the command in MAX_VAULT_KEY_COMMAND prints more than a key")
        #expect(
            reason("echo key; exec sleep 600", limit: .milliseconds(30))
                == "the command in MAX_VAULT_KEY_COMMAND takes too long")
        #expect(
            reason("exec >/dev/null; sleep 600", limit: .milliseconds(30))
                == "the command in MAX_VAULT_KEY_COMMAND takes too long")
    }

    @Test func `does not wait for what the command leaves running`() throws {
        let project = try Project()
        let text = try run("sleep 600 & echo $! > \(project.folder)/pid; echo key")
        #expect(text == "key\n")
        let pid = try String(contentsOfFile: project.folder + "/pid", encoding: .utf8)
        let left = try #require(Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(left, SIGKILL) == 0)
    }

    @Test func `opens a vault`() async throws {
        let project = try Project()
        let command = MasterKeySource.command("echo \(KeyRingTests.base64)", environment: [:])
        try await project.vault(command).store(.one).set("token", SecretValue("acme_1234"))
        let value = MasterKeySource.value(SecretValue(KeyRingTests.base64))
        #expect(try await project.vault(value).text("token", of: .one) == "acme_1234")
    }

    @Test func `is not asked again at once after it failed`() async throws {
        let project = try Project()
        let command = MasterKeySource.command("echo >> \(project.folder)/runs; exit 1", environment: [:])
        let vault = project.vault(command)
        func runs() throws -> Int { try String(contentsOfFile: project.folder + "/runs", encoding: .utf8).count }
        #expect(await vault.lock()?.sentence == "locked: the command in MAX_VAULT_KEY_COMMAND failed")
        #expect(await vault.lock() != nil)
        #expect(try runs() == 1)
        project.pass(KeyCabinet.patience + 1)
        #expect(await vault.lock() != nil)
        #expect(try runs() == 2)
    }
}
