internal import Crypto
internal import MaxCore

/// Reads the ring from where it lies.
///
/// Blocks while a file is read, a command runs or a passphrase is stretched.
struct KeyRingReader: Sendable {
    let source: MasterKeySource
    let stretch: KeyStretch

    /// Reads the ring; a passphrase that `known` was stretched from is not stretched again.
    func read(known: KeyRing?) throws(KeyRingFault) -> KeyRing {
        let entries = try text().withText {
            KeyText.entries(of: $0, separatedByCommas: source.isSeparatedByCommas)
        }
        guard !entries.isEmpty else { throw fault("is empty") }
        guard entries.count <= KeyText.mostKeys else { throw fault("holds more than \(KeyText.mostKeys) keys") }
        var keys: [MasterKey] = []
        for entry in entries { keys.append(try key(in: entry, known: known)) }
        return KeyRing(current: keys[0], older: Array(keys.dropFirst()))
    }

    private func text() throws(KeyRingFault) -> SecretValue {
        switch source {
        case .file(let path, let ownedByUs): try VaultKeyFile(path: path).read(ownedByUs: ownedByUs)
        case .value(let text): text
        case .command(let line, let environment): try KeyCommand(line: line, environment: environment).run()
        }
    }

    private func key(in entry: String, known: KeyRing?) throws(KeyRingFault) -> MasterKey {
        if let bytes = KeyText.key(in: entry) { return MasterKey(bytes) }
        guard entry.count >= KeyText.shortestPassphrase else {
            throw fault("holds a key of fewer than \(KeyText.shortestPassphrase) characters")
        }
        let passphrase = Array(entry.utf8)
        let digest = SHA256.hash(data: passphrase)
        if let same = known?.all.first(where: { $0.passphraseDigest == digest }) { return same }
        guard let bytes = try? stretch.key(passphrase) else { throw fault("cannot be stretched for want of memory") }
        return MasterKey(bytes, passphraseDigest: digest)
    }

    private func fault(_ what: String) -> KeyRingFault {
        KeyRingFault(
            reason: "\(source.name) \(what)",
            fix: "Let it be 32 random bytes as base64 or 64 hexadecimal digits, or a passphrase of at least "
                + "\(KeyText.shortestPassphrase) characters; `openssl rand -base64 32` makes one.")
    }
}
