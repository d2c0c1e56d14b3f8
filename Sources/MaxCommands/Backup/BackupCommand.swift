internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxStore
internal import MaxTerminal
internal import MaxVault

/// `max backup`: all of a project in one sealed file.
struct BackupCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write connections, secrets and records into one sealed file.",
        discussion: """
            Everything goes on while it is written. The file is sealed with a passphrase, which is asked or taken from \
            MAX_BACKUP_PASSPHRASE; without it nobody can open the file, you included.
            """)

    @Argument(help: "The file to write.")
    var file: String
    @Flag(help: "Leave what was collected out: the next sync after a restore collects it anew.")
    var withoutRecords = false
    @Flag(help: "Write it although there is such a file, or keys are missing here that it needs.")
    var force = false
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            guard let store = desk.store else {
                _ = try desk.engines.requireStore()
                return
            }
            let target = try WantedFile.place(file, replacing: force, in: program).path
            if !force { try await requireKeys(of: desk) }
            let passphrase = try await BackupPassphrase.new(program)
            // A rotation may replace keys in between: what was sealed before and after it can be opened.
            let before = try await desk.vault.ringText()
            try await store.withSnapshot(withRecords: !withoutRecords) { copy in
                let after = try await desk.vault.ringText()
                let ring = after.withText { after in before.withText { SecretValue(after + $0) } }
                try await BackupFile(target).write(
                    copy, ring: ring, schema: SQLiteStore.schema, hasRecords: !withoutRecords, passphrase: passphrase,
                    at: program.surroundings.now())
            }
            try await tell(target, desk)
        }
    }

    /// Throws when something is sealed with a key that is not here, and that the backup would lack.
    private func requireKeys(of desk: Desk) async throws {
        let locks = try await desk.vault.locks()
        guard let lock = locks.values.first else { return }
        throw MaxError(
            .vaultLocked, "Not everything could be opened from this backup: the vault is \(lock.sentence).",
            fix: "\(lock.fix) With --force it is left as it is.")
    }

    private func tell(_ target: String, _ desk: Desk) async throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: target)[.size] as? Int) ?? 0
        let connections = try await desk.rows.connections().count
        if output.json {
            return desk.printer.json(Reply(backup: .init(file: target, bytes: size, connections: connections)))
        }
        desk.printer.line("\(Phrase.count(connections, "connection")) in \(file), \(Phrase.number(size)) bytes.")
        desk.printer.line("  Check it with: max restore \(file) --verify")
    }

    private struct Reply: Encodable {
        let backup: Body
        struct Body: Encodable {
            let file: String
            let bytes: Int
            let connections: Int
        }
    }
}
