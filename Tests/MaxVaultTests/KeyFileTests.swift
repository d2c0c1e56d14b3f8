import Foundation
import Glibc
import MaxCore
import Testing

@testable import MaxVault

@Suite struct KeyFileTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func fault(_ path: String, ownedByUs: Bool = true) -> KeyRingFault? {
        do {
            _ = try VaultKeyFile(path: path).read(ownedByUs: ownedByUs)
            return nil
        } catch {
            return error
        }
    }

    @Test func `makes a key that its owner alone can read`() throws {
        let project = try Project()
        #expect(try mode(project.keyPath) == 0o600)
        #expect(KeyText.key(in: project.keyText.trimmingCharacters(in: .newlines))?.count == 32)
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.folder) == ["vault.key"])
    }

    @Test func `never makes a key over another`() throws {
        let project = try Project()
        let before = project.keyText
        #expect(try VaultKeyFile.create(at: project.keyPath) == false)
        #expect(project.keyText == before)
    }

    @Test(arguments: [0o644, 0o604, 0o640, 0o660, 0o601])
    func `refuses a file that others can read`(_ mode: Int) throws {
        let project = try Project()
        #expect(chmod(project.keyPath, mode_t(mode)) == 0)
        let refused = try #require(fault(project.keyPath))
        #expect(refused.reason == "the key file \(project.keyPath) is open to other users of this machine")
        #expect(refused.fix == "Run `chmod 600 '\(project.keyPath)'`.")
        #expect(!refused.isAbsent)
    }

    @Test func `lets a group read a file of root's that the owner names`() throws {
        let project = try Project()
        let path = try project.write("given.key", KeyRingTests.base64, mode: 0o640)
        #expect((fault(path, ownedByUs: false) == nil) == (geteuid() == 0))
        #expect(chmod(path, 0o644) == 0)
        #expect(fault(path, ownedByUs: false) != nil)
    }

    @Test func `refuses what is no file, is too large, or is missing`() throws {
        let project = try Project()
        #expect(fault(project.folder)?.reason.hasSuffix("is not a regular file") == true)
        let pipe = project.folder + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(fault(pipe)?.reason.hasSuffix("is not a regular file") == true)
        let large = try project.write("large", String(repeating: "x", count: VaultKeyFile.largest))
        #expect(fault(large)?.reason.hasSuffix("is too large") == true)
        let missing = try #require(fault(project.folder + "/none"))
        #expect(missing.isAbsent)
        #expect(missing.fix == "Run `max init` to make one.")
        #expect(fault(project.folder + "/none", ownedByUs: false)?.isAbsent == true)
    }

    @Test func `says why it cannot be written`() throws {
        let project = try Project()
        let error = #expect(throws: MaxError.self) { try VaultKeyFile.create(at: project.folder + "/no/vault.key") }
        #expect(error?.code == .keyFileUnwritable)
        #expect(error?.message.hasSuffix("No such file or directory.") == true)
    }

    @Test(arguments: VaultKeyFile.Step.allCases)
    func `is as before or as wanted when stopped at any step`(_ step: VaultKeyFile.Step) throws {
        let project = try Project()
        let (old, new) = (MasterKey.random(), MasterKey.random())
        let path = project.folder + "/ring"
        #expect(try VaultKeyFile(path: path).create([old]))
        var file = VaultKeyFile(path: path)
        file.reached = { if $0 == step { throw ScriptedRows.Killed() } }
        #expect(throws: ScriptedRows.Killed.self) { try file.replace(with: [new, old]) }
        let text = try VaultKeyFile(path: path).read(ownedByUs: true).withText { $0 }
        let isNamed = step == .named || step == .settled
        #expect(text == (isNamed ? "\(new.text)\n\(old.text)\n" : "\(old.text)\n"))
        #expect(try mode(path) == 0o600)
    }

    @Test func `removes what a killed process left`() throws {
        let project = try Project()
        let draft = try project.write("vault.key.new", "half a k")
        let other = try project.write("vault.key.4711.new", "half a k")
        try VaultKeyFile(path: project.keyPath).replace(with: [.random()])
        #expect(!FileManager.default.fileExists(atPath: draft))
        #expect(!FileManager.default.fileExists(atPath: other))
    }

    @Test func `changes the file that a link leads to`() throws {
        let project = try Project()
        let link = project.folder + "/link"
        #expect(symlink("vault.key", link) == 0)
        let key = MasterKey.random()
        try VaultKeyFile(path: link).replace(with: [key])
        #expect(project.keyText == key.text + "\n")
    }

    @Test func `is made once when many make it at the same time`() async throws {
        let project = try Project()
        let path = project.folder + "/race"
        let made = try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try VaultKeyFile.create(at: path) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
    }
}
