import Foundation
import Glibc
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxVault

@Suite struct VaultTests {
    @Test func `keeps secrets across processes`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("acme_1234"))
        try await project.vault().store(.one).set("token", SecretValue("acme_5678"))
        let store = project.vault().store(.one)
        #expect(try await store.get("token")?.matches(SecretValue("acme_5678")) == true)
        #expect(try await store.get("other") == nil)
        #expect(try await store.has("token"))
        #expect(try await store.has("other") == false)
        #expect(try await store.keys() == ["token"])
        try await store.delete("token")
        #expect(try await store.get("token") == nil)
    }

    @Test func `gives each connection one data key of its own`() async throws {
        let project = try Project()
        let vault = project.vault()
        let first = try await vault.seal(SecretValue("a"), field: "a", for: .one)
        let second = try await vault.seal(SecretValue("b"), field: "b", for: .one)
        #expect(first.newKey != nil)
        #expect(first.newKey == second.newKey)
        try await project.rows.put(first)
        try await project.rows.put(second)
        #expect(try await vault.seal(SecretValue("c"), field: "c", for: .one).newKey == nil)
        let other = try await vault.seal(SecretValue("a"), field: "a", for: .two)
        #expect(other.newKey?.connection == .two)
        #expect(other.newKey?.id != first.newKey?.id)
    }

    @Test func `keeps what a setup stages apart from what is in force`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("in force"))
        let setup = vault.credentials(of: .one, staged: true, purpose: "setup")
        #expect(try await setup.get("token")?.withText { $0 } == "in force")
        let sealed = try await vault.seal(SecretValue("staged"), field: "token", for: .one)
        #expect(sealed.secret.stage == .staged)
        try await project.rows.put(sealed)
        try await setup.set("refresh", SecretValue("also staged"))
        #expect(try await setup.get("token")?.withText { $0 } == "staged")
        #expect(try await setup.keys() == ["refresh", "token"])
        #expect(try await setup.has("refresh"))
        #expect(try await vault.text("token", of: .one) == "in force")
        #expect(try await vault.store(.one).keys() == ["token"])
        #expect(try await refusal { try await setup.delete("token") }.code == .secretInSetup)
    }

    @Test func `refuses a row that was moved in the store`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("of one"))
        try await vault.store(.two).set("token", SecretValue("of two"))
        let sealed = project.rows.now.secrets[0]
        project.rows.state.withLock {
            $0.secrets = [
                SealedSecret(
                    connection: .two, field: "token", stage: .active, dataKey: sealed.dataKey, version: 1,
                    ciphertext: sealed.ciphertext)
            ]
        }
        #expect(try await refusal { _ = try await vault.text("token", of: .two) }.code == .secretUnreadable)
        #expect(project.rows.now.audit.last?.action == .refuse)
    }

    @Test func `hashes answers so that only the master key tells which`() async throws {
        let project = try Project()
        let one = try await project.vault().fingerprint([1, 2, 3])
        #expect(one.count == 64)
        #expect(try await project.vault().fingerprint([1, 2, 3]) == one)
        #expect(try await project.vault().fingerprint([1, 2, 4]) != one)
        let other = MasterKeySource.value(SecretValue(KeyRingTests.base64))
        #expect(try await project.vault(other).fingerprint([1, 2, 3]) != one)
    }

    @Test func `runs one reader of a key at a time`() async throws {
        let project = try Project()
        let store = project.vault().store(.one)
        let result = try await store.exclusively("refresh") { project.rows.now.held }
        #expect(result == ["secret/con_one/refresh"])
        #expect(project.rows.now.held.isEmpty)
    }

    @Test func `tells what there is without telling a secret`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("a", SecretValue("acme_1234"))
        try await project.vault().store(.one).set("b", SecretValue("acme_1234"))
        let other = MasterKeySource.value(SecretValue(KeyRingTests.base64))
        try await project.vault(other).store(.two).set("a", SecretValue("acme_1234"))
        let status = try await project.vault().status()
        let foreign = MasterKey(KeyRingTests.bytes).id
        #expect(status.source == "the key file \(project.keyPath)")
        #expect(status.lock == nil)
        #expect(status.olderKeys.isEmpty)
        let mine = try #require(status.currentKey)
        #expect(
            Set(status.use) == [
                .init(key: mine, isPresent: true, dataKeys: 1, secrets: 2),
                .init(key: foreign, isPresent: false, dataKeys: 1, secrets: 1),
            ])
        #expect(status.lockedConnections.keys.map(\.rawValue) == ["con_two"])
        #expect(status.lockedConnections[.two]?.sentence == "locked: key \(foreign) is missing")
    }
}
