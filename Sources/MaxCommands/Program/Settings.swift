package import Foundation
internal import MaxCore
internal import MaxVault

/// What the environment says, read once at the root and nowhere else.
package struct Settings: Sendable {
    /// The whole environment, for programs that Max starts for the owner and for terminals.
    package private(set) var environment: [String: String]
    /// The folder the command was called in.
    package let folder: URL
    /// `MAX_CALLED_AS`: the word the launcher was called with, for commands that are told to people.
    var calledAs: CalledAs
    /// `MAX_PROJECT`: the project's folder, in place of the nearest one above ``folder``.
    let project: String?
    /// `MAX_SERVER`: the server to ask, in place of a project.
    let server: String?
    /// `XDG_CONFIG_HOME`, or `.config` in the home folder: where a person's own settings lie; nil without a home.
    let configurationFolder: URL?
    /// `MAX_VAULT_KEY_FILE`: a file that holds the master key.
    let vaultKeyFile: String?
    /// `MAX_VAULT_KEY`: the master key itself.
    let vaultKey: String?
    /// `MAX_VAULT_KEY_COMMAND`: a command line that prints the master key.
    let vaultKeyCommand: String?
    /// `MAX_BACKUP_PASSPHRASE`: what backups are sealed with, in place of asking.
    let backupPassphrase: SecretValue?
    /// `MAX_DISK_LOW`: below how much room on the disk the owner is told.
    let diskWarning: String?
    /// `MAX_DISK_RESERVE`: below how much room on the disk nothing is collected.
    let diskReserve: String?

    /// Reads an environment; a setting without content counts as not given.
    package init(environment: [String: String], folder: URL) {
        self.environment = environment
        self.folder = folder
        let given = environment.filter { !$0.value.allSatisfy(\.isWhitespace) }
        calledAs = CalledAs(word: given["MAX_CALLED_AS"] ?? "max")
        project = given["MAX_PROJECT"]
        server = given["MAX_SERVER"]
        configurationFolder =
            given["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            ?? given["HOME"].map { URL(filePath: $0).appending(path: ".config") }
        vaultKeyFile = given["MAX_VAULT_KEY_FILE"]
        vaultKey = given["MAX_VAULT_KEY"]
        vaultKeyCommand = given["MAX_VAULT_KEY_COMMAND"]
        backupPassphrase = given["MAX_BACKUP_PASSPHRASE"].map { SecretValue($0) }
        diskWarning = given["MAX_DISK_LOW"]
        diskReserve = given["MAX_DISK_RESERVE"]
    }

    /// The settings of `max` and its server by name, and whether each is given; their values are for nobody else.
    var given: [String: Bool] {
        let names = [
            "MAX_PROJECT", "MAX_SERVER", "MAX_CALLED_AS", "MAX_VAULT_KEY_FILE", "MAX_VAULT_KEY",
            "MAX_VAULT_KEY_COMMAND",
            "MAX_BACKUP_PASSPHRASE", "MAX_DISK_LOW", "MAX_DISK_RESERVE", "MAX_LISTEN", "MAX_PUBLIC_URL",
            "MAX_TLS_CERTIFICATE", "MAX_TLS_KEY", "MAX_TRUST_PROXY", "MAX_LOG", "MAX_METRICS_TOKEN",
        ]
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, environment[$0]?.allSatisfy(\.isWhitespace) == false) })
    }

    /// The same settings for programs that must not find some variables.
    func hiding(_ variables: Set<String>) -> Settings {
        var settings = self
        settings.environment = environment.filter { !variables.contains($0.key) }
        return settings
    }

    /// Where the master key comes from; without a project and a setting, a key that is as good as none.
    func keySource(of project: Project?) -> MasterKeySource {
        let isSet = [vaultKeyFile, vaultKey, vaultKeyCommand].contains { $0 != nil }
        guard isSet || project != nil else {
            return .value(SecretValue(Data((0..<32).map { _ in .random(in: .min ... .max) }).base64EncodedString()))
        }
        return .choose(
            keyFile: vaultKeyFile, key: vaultKey, keyCommand: vaultKeyCommand, environment: environment,
            ownFile: project?.keyFile.path ?? "")
    }
}
