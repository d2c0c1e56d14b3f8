internal import Foundation
package import MaxCore

extension Vault {
    /// Every master key at hand, as the text of a key file: what a backup needs to be opened elsewhere.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `vault_locked`.
    package func ringText() async throws -> SecretValue {
        let ring = try await unlocked(nil) { try await cabinet.presentRing() }
        return SecretValue(ring.all.map { $0.text + "\n" }.joined())
    }
}

extension VaultKeyFile {
    /// Puts the keys of a backup into the file, before those that are in it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `key_file_unwritable` or `backup_damaged`.
    package func put(_ ring: SecretValue) throws {
        let keys = Self.keys(in: ring)
        guard !keys.isEmpty else { throw MaxError.backupDamaged }
        if try create(keys) { return }
        let held = (try? read(ownedByUs: true)).map { Self.keys(in: $0) } ?? []
        try replace(with: KeyRing(current: keys[0], older: Array(keys.dropFirst()) + held).all)
    }

    private static func keys(in text: SecretValue) -> [MasterKey] {
        text.withText { KeyText.entries(of: $0, separatedByCommas: false) }
            .compactMap { KeyText.key(in: $0) }.map { MasterKey($0) }
    }
}
