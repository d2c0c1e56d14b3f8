import Crypto
import Foundation
import Glibc
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxVault

@Suite struct CanaryTests {
    private static let secret = "canary-7f3e9b1c-secret"
    private static let passphrase = "canary-passphrase-of-the-owner"

    /// Every form in which the secret or a key could show.
    private func canaries(_ keys: [SymmetricKey]) -> [String] {
        let texts = [Self.secret, Self.passphrase]
        let keyBytes = keys.map { $0.withUnsafeBytes { Array($0) } }
        return texts + texts.map { Data($0.utf8).base64EncodedString() } + texts.map { Array($0.utf8).hex }
            + keyBytes.map { Data($0).base64EncodedString() } + keyBytes.map(\.hex)
            + keyBytes.map { $0.map(String.init).joined(separator: ", ") }
    }

    private func shown(_ value: Any) -> String {
        var text = "\(value) \(String(reflecting: value)) "
        dump(value, to: &text)
        return text
    }

    @Test func `no value, error or audit line shows a secret or a key`() async throws {
        let project = try Project()
        let source = MasterKeySource.choose(
            keyFile: nil, key: Self.passphrase, keyCommand: nil, environment: [:], ownFile: project.keyPath)
        let vault = project.vault(source)
        try await vault.store(.one).set("token", SecretValue(Self.secret))
        _ = try await vault.text("token", of: .one)
        let ring = try await vault.cabinet.heldRing()
        let dataKey = try #require(try await vault.cabinet.dataKey(project.rows.now.keys[0].id))
        var sinks = [shown(source), shown(vault), shown(ring), shown(ring.current), shown(dataKey)]
        sinks.append(shown(MasterKeySource.command("echo \(Self.secret)", environment: ["X": Self.secret])))
        sinks.append(shown(try await vault.status()))
        sinks.append(shown(try await refusal { _ = try await project.vault().text("token", of: .one) }))
        let short = MasterKeySource.value(SecretValue("canary-7f3e9b1"))
        sinks.append(shown(try await refusal { _ = try await project.vault(short).fingerprint([1]) }))
        let path = try project.write("open.key", Self.passphrase, mode: 0o644)
        let open = MasterKeySource.file(path: path, ownedByUs: false)
        sinks.append(shown(try await refusal { _ = try await project.vault(open).fingerprint([1]) }))
        sinks.append(shown(try await vault.rotate { _ in }))
        sinks.append(shown(project.rows.now.audit))
        sinks += project.rows.now.secrets.map { shown($0) + String(decoding: $0.ciphertext, as: UTF8.self) }
        for canary in canaries([ring.current.key, dataKey.key]) + ["canary-7f3e9b1"] {
            for sink in sinks { #expect(!sink.contains(canary)) }
        }
    }
}
