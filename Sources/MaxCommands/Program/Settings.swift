package import Foundation
internal import MaxVault

/// What the environment says, read once at the root and nowhere else.
package struct Settings: Sendable {
    /// The whole environment, for programs that Max starts for the owner and for terminals.
    package let environment: [String: String]
    /// The folder the command was called in.
    package let folder: URL
    /// `MAX_PROJECT`: the project's folder, in place of the nearest one above ``folder``.
    let project: String?
    /// `MAX_VAULT_KEY_FILE`: a file that holds the master key.
    let vaultKeyFile: String?
    /// `MAX_VAULT_KEY`: the master key itself.
    let vaultKey: String?
    /// `MAX_VAULT_KEY_COMMAND`: a command line that prints the master key.
    let vaultKeyCommand: String?

    /// Reads an environment.
    package init(environment: [String: String], folder: URL) {
        self.environment = environment
        self.folder = folder
        project = environment["MAX_PROJECT"]
        vaultKeyFile = environment["MAX_VAULT_KEY_FILE"]
        vaultKey = environment["MAX_VAULT_KEY"]
        vaultKeyCommand = environment["MAX_VAULT_KEY_COMMAND"]
    }

    /// Where the master key of a project comes from.
    func keySource(ownFile: URL) -> MasterKeySource {
        .choose(
            keyFile: vaultKeyFile, key: vaultKey, keyCommand: vaultKeyCommand, environment: environment,
            ownFile: ownFile.path)
    }
}
