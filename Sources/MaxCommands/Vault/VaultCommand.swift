internal import ArgumentParser
internal import MaxEngines
internal import MaxHub
internal import MaxVault

/// `max vault`: the keys that seal every secret.
struct VaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Look after the keys that seal every secret.",
        subcommands: [VaultStatusCommand.self, VaultRotateCommand.self, VaultAuditCommand.self])
}

/// `max vault status`.
struct VaultStatusCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show where the key comes from and what is locked.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            try desk.engines.requireStore()
            let status = try await desk.vault.status()
            if output.json { return desk.printer.json(Reply(vault: .init(status))) }
            let locked = status.lockedConnections.count
            let rest = locked == 0 ? "." : ", but \(Phrase.count(locked, "connection")) cannot be opened."
            desk.printer.line(status.lock.map { "The vault is \($0.sentence)." } ?? "The vault is ready\(rest)")
            desk.printer.line("Key \(status.currentKey ?? "none"): \(status.source)")
            for use in status.use {
                desk.printer.line(
                    "  \(use.key)  \(Phrase.count(use.secrets, "secret"))\(use.isPresent ? "" : " · key is missing")")
            }
        }
    }

    private struct Reply: Encodable {
        let vault: Body
        struct Body: Encodable {
            let source: String
            let currentKey: String?
            let olderKeys: [String]
            let locked: String?
            let lockedConnections: [String: String]
            let keys: [Key]

            struct Key: Encodable {
                let id: String
                let present: Bool
                let dataKeys: Int
                let secrets: Int
            }

            init(_ status: VaultStatus) {
                source = status.source
                currentKey = status.currentKey
                olderKeys = status.olderKeys
                locked = status.lock?.sentence
                lockedConnections = Dictionary(
                    uniqueKeysWithValues: status.lockedConnections.map { ($0.key.rawValue, $0.value.sentence) })
                keys = status.use.map {
                    Key(id: $0.key, present: $0.isPresent, dataKeys: $0.dataKeys, secrets: $0.secrets)
                }
            }
        }
    }
}

/// `max vault rotate`.
struct VaultRotateCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Seal every secret with new keys, while everything runs.",
        discussion: "Interrupted at any moment, the next call goes on where it stopped.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            try desk.engines.requireStore()
            let report = try await desk.vault.rotate { _ in }
            let skipped = Dictionary(uniqueKeysWithValues: report.skipped.map { ($0.key.rawValue, $0.value) })
            if output.json {
                return desk.printer.json(
                    Reply(
                        rotation: .init(
                            continued: report.isContinuation, currentKey: report.currentKey,
                            connections: report.connections, secrets: report.secrets,
                            droppedKeys: report.droppedKeys, removableKeys: report.removableKeys, skipped: skipped)))
            }
            if report.isContinuation { desk.printer.line("Went on with a rotation that was interrupted.") }
            desk.printer.line(
                "Sealed \(Phrase.count(report.secrets, "secret")) of \(Phrase.count(report.connections, "connection")) "
                    + "with key \(report.currentKey).")
            for key in report.removableKeys { desk.printer.line("Key \(key) is no longer needed; you may remove it.") }
            for connection in try await desk.rows.connections() {
                guard let why = report.skipped[connection.id] else { continue }
                desk.printer.line("Left alone: \(connection.slug), \(why).")
            }
        }
    }

    private struct Reply: Encodable {
        let rotation: Body
        struct Body: Encodable {
            let continued: Bool
            let currentKey: String
            let connections: Int
            let secrets: Int
            let droppedKeys: [String]
            let removableKeys: [String]
            let skipped: [String: String]
        }
    }
}
