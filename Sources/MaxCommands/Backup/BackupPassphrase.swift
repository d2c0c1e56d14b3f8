internal import MaxCore
internal import MaxTerminal

/// The passphrase of a backup: from the environment, or asked.
enum BackupPassphrase {
    /// The shortest, in characters.
    private static let shortest = 12

    /// The passphrase for a new backup, asked twice.
    static func new(_ program: Program) async throws -> SecretValue {
        if let given = program.settings.backupPassphrase {
            guard isLong(given) else { throw tooShort }
            return given
        }
        var question = LinePrompt("Passphrase of the backup", help: ["Whoever has the file and it has all you have."])
        question.check = { $0.count < shortest ? "At least \(shortest) characters." : nil }
        let first = try await ask(question, program)
        var again = LinePrompt("The same again")
        again.check = { SecretValue($0).matches(first) ? nil : "That is not the same." }
        return try await ask(again, program)
    }

    /// The passphrase of a backup that is there.
    static func known(_ program: Program) async throws -> SecretValue {
        if let given = program.settings.backupPassphrase { return given }
        return try await ask(LinePrompt("Passphrase of the backup"), program)
    }

    private static func ask(_ prompt: LinePrompt, _ program: Program) async throws -> SecretValue {
        guard program.terminal.isInteractive else {
            throw MaxError(
                "passphrase_missing", "A backup is sealed with a passphrase, and there is nobody to ask for it.",
                fix: "Set MAX_BACKUP_PASSPHRASE.")
        }
        guard case .value(let bytes) = try await program.terminal.askSecret(prompt) else { throw CancellationError() }
        return SecretValue(bytes)
    }

    private static func isLong(_ passphrase: SecretValue) -> Bool { passphrase.withText { $0.count >= shortest } }

    private static var tooShort: MaxError {
        MaxError(
            "passphrase_short", "The passphrase of a backup has at least \(shortest) characters.",
            fix: "Choose a longer one.")
    }
}
