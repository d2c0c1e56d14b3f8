internal import Glibc
internal import MaxCore

extension VaultKeyFile {
    /// Reads the text of the ring; refuses a file that anyone but its owner could have read.
    func read(ownedByUs: Bool) throws(KeyRingFault) -> SecretValue {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw unopened(errno, ownedByUs: ownedByUs) }
        defer { close(file) }
        try check(file, ownedByUs: ownedByUs)
        var bytes = [UInt8](repeating: 0, count: Self.largest)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw unopened(errno, ownedByUs: ownedByUs) }
        return SecretValue(bytes.prefix(count))
    }

    /// Looks at the file that is open, so that what is checked is what is read.
    private func check(_ file: Int32, ownedByUs: Bool) throws(KeyRingFault) {
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw KeyRingFault(
                reason: "the key file \(path) is not a regular file", fix: "Name a file that holds the key.")
        }
        guard status.st_size < Self.largest else {
            throw KeyRingFault(reason: "the key file \(path) is too large", fix: "Name a file that holds the key.")
        }
        // Orchestrators hand secrets over in files of root's that the service's group may read.
        let forbidden: mode_t = status.st_uid == 0 && !ownedByUs ? 0o037 : 0o077
        guard status.st_mode & forbidden == 0 else {
            throw KeyRingFault(
                reason: "the key file \(path) is open to other users of this machine",
                fix: "Run `chmod 600 '\(path)'`.")
        }
    }

    private func unopened(_ code: Int32, ownedByUs: Bool) -> KeyRingFault {
        guard code == ENOENT || code == ENOTDIR else {
            return KeyRingFault(
                reason: "the key file \(path) cannot be read: \(String(cString: strerror(code)))",
                fix: "Let the user that runs max read it, and nobody else.")
        }
        guard ownedByUs else {
            return KeyRingFault(
                isAbsent: true, reason: "the key file \(path) is missing",
                fix: "Put it there, or correct the setting MAX_VAULT_KEY_FILE.")
        }
        return KeyRingFault(isAbsent: true, reason: "no key has been made yet", fix: "Run `max init` to make one.")
    }
}
