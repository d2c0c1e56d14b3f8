import Crypto
import Foundation
import MaxConnector
import MaxCore
import Synchronization
import Testing

@testable import MaxVault

@Suite struct KeyRingTests {
    static let bytes = (0..<32).map { UInt8($0 * 7 + 3) }
    static let base64 = Data(bytes).base64EncodedString()

    private func ring(_ text: String, stretch: KeyStretch = KeyStretch(rounds: 16)) throws -> KeyRing {
        try KeyRingReader(source: .value(SecretValue(text)), stretch: stretch).read(known: nil)
    }

    @Test(arguments: [
        base64, String(base64.dropLast()), base64.replacing("+", with: "-").replacing("/", with: "_"), bytes.hex,
        bytes.hex.uppercased(), "  \(bytes.hex)\n",
    ])
    func `takes 32 bytes in any usual spelling as they are`(_ text: String) throws {
        #expect(try ring(text).current.id == MasterKey(Self.bytes).id)
    }

    @Test func `names a key by a hash of it`() {
        let hash = SHA256.hash(data: Array("max master key id".utf8) + Self.bytes)
        #expect(MasterKey(Self.bytes).id == Array(hash).hex.prefix(8))
    }

    @Test func `stretches any other text`() throws {
        let phrase = "correct horse battery staple"
        let ring = try ring(phrase)
        let expected = try KeyStretch(rounds: 16).key(Array(phrase.utf8))
        #expect(ring.current.id == MasterKey(expected).id)
        #expect(try self.ring(phrase + "!").current.id != ring.current.id)
    }

    @Test(arguments: [String(repeating: "z", count: 64), String(repeating: "é", count: 44), "abc def " + bytes.hex])
    func `does not mistake a passphrase for a key`(_ text: String) throws {
        #expect(try ring(text).current.passphraseDigest != nil)
    }

    @Test func `refuses a short key without repeating it`() throws {
        let fault = #expect(throws: KeyRingFault.self) { _ = try ring("hunter2hunter2!") }
        #expect(fault?.reason == "the key in MAX_VAULT_KEY holds a key of fewer than 16 characters")
        #expect(fault?.isAbsent == false)
    }

    @Test func `refuses an empty ring`() throws {
        #expect(throws: KeyRingFault.self) { _ = try ring(" , \n ") }
    }

    @Test func `reads the current key first and each key once`() throws {
        let other = MasterKey.random()
        let ring = try ring("\(Self.base64),\(other.text) , \(Self.bytes.hex)")
        #expect(ring.current.id == MasterKey(Self.bytes).id)
        #expect(ring.older.map(\.id) == [other.id])
        #expect(ring[other.id] != nil)
        #expect(ring["00000000"] == nil)
    }

    @Test func `separates keys by lines in a file and keeps commas in passphrases`() throws {
        let project = try Project()
        let path = try project.write("given.key", "one passphrase, with a comma\n\n\(Self.base64)\r\n")
        let source = MasterKeySource.file(path: path, ownedByUs: false)
        let ring = try KeyRingReader(source: source, stretch: KeyStretch(rounds: 16)).read(known: nil)
        #expect(ring.older.map(\.id) == [MasterKey(Self.bytes).id])
    }

    @Test func `chooses the first setting that has content`() {
        func choose(_ file: String?, _ key: String?, _ command: String?) -> String {
            MasterKeySource.choose(
                keyFile: file, key: key, keyCommand: command, environment: [:], ownFile: "/p/vault.key"
            ).name
        }
        #expect(choose("/f", "k", "c") == "the key file /f")
        #expect(choose(" ", "k", "c") == "the key in MAX_VAULT_KEY")
        #expect(choose(nil, "", "c") == "the key from MAX_VAULT_KEY_COMMAND")
        #expect(choose(nil, nil, nil) == "the key file /p/vault.key")
    }

    @Test func `stretches a passphrase once however many ask and however often it is read`() async throws {
        let project = try Project()
        let path = try project.write("given.key", "correct horse battery staple\n")
        let count = Mutex(0)
        let stretch = KeyStretch { passphrase in
            count.withLock { $0 += 1 }
            return try KeyStretch(rounds: 16).key(passphrase)
        }
        let vault = project.vault(.file(path: path, ownedByUs: false), stretch: stretch)
        #expect(count.withLock { $0 } == 0)
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask { try await vault.store(.one).set("field\(number)", SecretValue("value")) }
            }
            try await group.waitForAll()
        }
        _ = try await vault.fingerprint([1, 2, 3])
        #expect(try await vault.text("field7", of: .one) == "value")
        #expect(count.withLock { $0 } == 1)
    }
}
