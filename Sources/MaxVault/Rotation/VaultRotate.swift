internal import MaxCore
internal import MaxHub

extension Vault {
    /// Replaces every data key and, where the key file is max's own, the master key, while everything goes on.
    ///
    /// At every moment each secret opens with keys that are stored: a new master key is in the file before it wraps
    /// anything, and an old one leaves the file after the last data key it wraps is gone and the store takes no more of
    /// them. The next rotation finishes one that was stopped in between.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `vault_locked`, `key_file_unwritable`, `rotation_busy`, or
    ///   `data_key_gone` when the first of the keys that the owner gave was put out of use by an earlier rotation.
    package func rotate(progress: @escaping @Sendable (RotationStep) -> Void) async throws -> RotationReport {
        try await rows.exclusively("vault-rotate") {
            let ring = try await unlocked(nil) { try await cabinet.presentRing() }
            var rotation = KeyRotation(vault: self, ring: ring, progress: progress)
            return try await rotation.run()
        }
    }
}
