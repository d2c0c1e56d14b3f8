package import MaxCore
internal import MaxHub

extension MaxError.Code {
    /// A master key is missing.
    package static let vaultLocked: Self = "vault_locked"
    /// A stored secret does not belong to its place, or was altered.
    package static let secretUnreadable: Self = "secret_unreadable"
    /// A secret cannot be removed while its setup is under way.
    package static let secretInSetup: Self = "secret_in_setup"
    /// The key file could not be written.
    package static let keyFileUnwritable: Self = "key_file_unwritable"
    /// Connections changed faster than their keys could be replaced.
    package static let rotationBusy: Self = "rotation_busy"
}

extension MaxError {
    static func locked(_ lock: VaultLock) -> MaxError {
        MaxError(.vaultLocked, "The vault is \(lock.sentence).", fix: lock.fix)
    }

    static func newerSecret(_ field: String) -> MaxError {
        MaxError(
            .secretUnreadable, "The stored secret \(field) was sealed by a newer version of max.",
            fix: "Update max on this machine.")
    }

    static func unreadableSecret(_ field: String) -> MaxError {
        MaxError(
            .secretUnreadable,
            "The stored secret \(field) cannot be read: it was altered, or belongs to another place.",
            fix: "Connect the account again with `max reconnect`.")
    }

    static func unwritable(_ path: String, _ cause: String) -> MaxError {
        MaxError(
            .keyFileUnwritable, "The key file \(path) could not be written: \(cause).",
            fix: "Make room, or let this user write in that folder, and run it again.")
    }
}
