internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import MaxTerminal
internal import MaxVault

/// `max restore`: a project from a sealed file.
struct RestoreCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a project here from a file that max backup has written.",
        discussion: "Syncing goes on where the backup was made, without a new login.")

    @Argument(help: "The file to read.")
    var file: String
    @Flag(help: "Check the whole file and change nothing.")
    var verify = false
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let source = BackupFile(URL(filePath: file, relativeTo: program.settings.folder).path)
        let project = Project(folder: program.settings.folder)
        if !verify, SQLiteStore.exists(in: project.privateFolder) { throw MaxError.projectInUse }
        let passphrase = try await BackupPassphrase.known(program)
        if verify {
            let content = try await source.read(passphrase: passphrase) { try Self.require($0) }
            return tell(content, isRestored: false, program)
        }
        let wasThere = FileManager.default.fileExists(atPath: project.privateFolder.path)
        let content: BackupFile.Content
        do {
            content = try await restore(source, passphrase, project)
        } catch {
            if !wasThere { try? FileManager.default.removeItem(at: project.privateFolder) }
            throw error
        }
        if !project.exists { try project.create(program.settings) }
        tell(content, isRestored: true, program)
        if case .file(_, ownedByUs: true) = program.settings.keySource(of: project) { return }
        program.say(
            "The keys of the backup are in .max/vault.key, and your settings name another key: unset that, or add them."
        )
    }

    private func restore(
        _ source: BackupFile, _ passphrase: SecretValue, _ project: Project
    ) async throws -> BackupFile.Content {
        try Files.makePrivateFolder(project.privateFolder)
        let draft = SQLiteStore.draft(in: project.privateFolder)
        try? FileManager.default.removeItem(atPath: draft)
        let content = try await source.read(passphrase: passphrase, into: draft) { try Self.require($0) }
        do {
            try VaultKeyFile(path: project.keyFile.path).put(content.ring)
            try SQLiteStore.adoptDraft(in: project.privateFolder)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
        return content
    }

    /// Throws when the tables in a backup are those of a newer version.
    private static func require(_ header: BackupHeader) throws {
        guard let schema = header.schema, !SQLiteStore.knows(schema: schema) else { return }
        throw MaxError.backupNewer
    }

    private func tell(_ content: BackupFile.Content, isRestored: Bool, _ program: Program) {
        let (made, size) = (Phrase.moment(content.header.createdAt), Phrase.number(content.databaseLength))
        if output.json {
            return program.printer.json(
                Reply(
                    restored: isRestored, madeAt: content.header.createdAt, records: content.header.hasRecords,
                    bytes: content.databaseLength))
        }
        let what = content.header.hasRecords ? "with its records" : "without records"
        program.printer.line(
            isRestored
                ? "Restored what was backed up at \(made), \(what)."
                : "The file is whole: made at \(made), \(what), \(size) bytes.")
        if isRestored { program.printer.line("  Go on with: max status") }
    }

    private struct Reply: Encodable {
        let restored: Bool
        let madeAt: Date
        let records: Bool
        let bytes: Int
    }
}
