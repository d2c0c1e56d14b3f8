internal import Glibc
package import MaxCore

/// Where the master key comes from.
package enum MasterKeySource: Sendable {
    /// A file; `ownedByUs` when `max` made it and may write a new key into it.
    case file(path: String, ownedByUs: Bool)
    /// A server setting that holds the key itself.
    case value(SecretValue)
    /// A command line that prints the key, and the environment it runs in.
    case command(String, environment: [String: String])

    /// Chooses the first that is given, else the file of the project itself.
    ///
    /// The settings are `MAX_VAULT_KEY_FILE`, `MAX_VAULT_KEY` and `MAX_VAULT_KEY_COMMAND`, in that order; one without
    /// content counts as not given.
    ///
    /// - Parameters:
    ///   - environment: What the command shall find in its environment; `MAX_VAULT_KEY` is taken out.
    package static func choose(
        keyFile: String?, key: String?, keyCommand: String?, environment: [String: String], ownFile: String
    ) -> MasterKeySource {
        if let keyFile, !keyFile.isBlank { return .file(path: keyFile, ownedByUs: false) }
        if let key, !key.isBlank { return .value(SecretValue(key)) }
        if let keyCommand, !keyCommand.isBlank {
            return .command(keyCommand, environment: environment.filter { $0.key != "MAX_VAULT_KEY" })
        }
        return .file(path: ownFile, ownedByUs: true)
    }

    /// What people call it; a path is told, a key or a command line is not.
    package var name: String {
        switch self {
        case .file(let path, _): "the key file \(path)"
        case .value: "the key in MAX_VAULT_KEY"
        case .command: "the key from MAX_VAULT_KEY_COMMAND"
        }
    }

    /// Whether what it gives may change while the process runs, and is cheap to look at again.
    var isFile: Bool {
        if case .file = self { true } else { false }
    }

    /// The file that `max` made and may change.
    var ownFile: VaultKeyFile? {
        if case .file(let path, ownedByUs: true) = self { VaultKeyFile(path: path) } else { nil }
    }

    var isSeparatedByCommas: Bool {
        if case .value = self { true } else { false }
    }

    /// What to do when a key is missing from it.
    var fixForMissingKey: String {
        var otherwise = "connect the account again with `max reconnect`"
        let way: String
        switch self {
        case .file(let path, ownedByUs: true):
            way =
                "Put the key file that was there back at \(path), or name one that holds the key in MAX_VAULT_KEY_FILE"
            if access(path, F_OK) != 0 {
                // Nothing can be sealed before there is a key, and a key is never made over another.
                otherwise = "make one with `(umask 077; openssl rand -base64 32 > '\(path)')` and \(otherwise)"
            }
        case .file(let path, ownedByUs: false): way = "Add that key to \(path) on a line of its own"
        case .value: way = "Add that key to MAX_VAULT_KEY, after a comma"
        case .command: way = "Let MAX_VAULT_KEY_COMMAND print that key too, on a line of its own"
        }
        return "\(way); if it is lost, \(otherwise)."
    }
}

extension MasterKeySource: CustomStringConvertible, CustomReflectable {
    package var description: String { name }
    /// A mirror that shows nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
