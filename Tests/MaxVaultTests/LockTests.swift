import Foundation
import Glibc
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxVault

@Suite struct LockTests {
    private let given = MasterKeySource.value(SecretValue(KeyRingTests.base64))

    @Test func `locks the connections whose key is missing and nothing else`() async throws {
        let project = try Project()
        let lost = try #require(try await project.vault().status().currentKey)
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        let vault = project.vault(given)
        #expect(await vault.lock() == nil)
        try await vault.store(.two).set("token", SecretValue("of two"))
        #expect(try await vault.text("token", of: .two) == "of two")
        #expect(try await vault.lock(of: .two) == nil)
        let lock = try #require(try await vault.lock(of: .one))
        #expect(lock.sentence == "locked: key \(lost) is missing")
        #expect(lock.missingKeys == [lost])
        let error = try await refusal { _ = try await vault.text("token", of: .one) }
        #expect(error.code == .vaultLocked)
        #expect(error.message == "The vault is locked: key \(lost) is missing.")
        #expect(try await vault.locks().keys.map(\.rawValue) == ["con_one"])
    }

    @Test func `is mended by a new secret`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("lost"))
        let vault = project.vault(given)
        try await vault.store(.one).set("token", SecretValue("new"))
        #expect(try await vault.text("token", of: .one) == "new")
        #expect(try await vault.lock(of: .one) == nil)
        #expect(try await vault.locks().isEmpty)
    }

    @Test func `is mended by the old key beside the new one`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        let both = KeyRingTests.base64 + "," + project.keyText.trimmingCharacters(in: .newlines)
        #expect(try await project.vault(.value(SecretValue(both))).text("token", of: .one) == "of one")
    }

    @Test func `names the key that was there when the file is gone`() async throws {
        let project = try Project()
        let lost = try #require(try await project.vault().status().currentKey)
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        #expect(unlink(project.keyPath) == 0)
        let vault = project.vault()
        #expect(await vault.lock()?.sentence == "locked: key \(lost) is missing")
        #expect(try await vault.lock(of: .one)?.missingKeys == [lost])
        #expect(try await vault.status().currentKey == nil)
        let error = try await refusal { _ = try await vault.seal(SecretValue("x"), field: "token", for: .two) }
        #expect(error.code == .vaultLocked)
        #expect(try await refusal { _ = try await vault.fingerprint([1]) }.code == .vaultLocked)
        #expect(try await refusal { _ = try await vault.rotate { _ in } }.code == .vaultLocked)
    }

    @Test func `says that there is no key yet where none was ever used`() async throws {
        let project = try Project()
        #expect(unlink(project.keyPath) == 0)
        let lock = try #require(await project.vault().lock())
        #expect(
            lock
                == VaultLock(
                    missingKeys: [], sentence: "locked: no key has been made yet", fix: "Run `max init` to make one."))
    }

    @Test func `says what is wrong with a key that is there`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        #expect(chmod(project.keyPath, 0o644) == 0)
        let vault = project.vault()
        let sentence = "locked: the key file \(project.keyPath) is open to other users of this machine"
        #expect(await vault.lock()?.sentence == sentence)
        #expect(try await vault.lock(of: .one)?.sentence == sentence)
        #expect(try await vault.locks()[.one]?.sentence == sentence)
        #expect(try await vault.lock(of: .two) == nil)
    }

    @Test func `opens as soon as the file is mended, without a restart`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        #expect(chmod(project.keyPath, 0o644) == 0)
        let vault = project.vault()
        #expect(await vault.lock() != nil)
        #expect(chmod(project.keyPath, 0o600) == 0)
        #expect(await vault.lock() == nil)
        #expect(try await vault.text("token", of: .one) == "of one")
    }

    @Test func `writes down every refusal`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("of one"))
        let vault = project.vault(given)
        for _ in 0..<2 { _ = try await refusal { _ = try await vault.text("token", of: .one) } }
        let refusals = project.rows.now.audit.filter { $0.action == .refuse }
        #expect(refusals.map(\.field) == ["token", "token"])
    }
}
