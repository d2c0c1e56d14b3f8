internal import ArgumentParser
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

/// `max rename`: another label, another short name, or both.
struct RenameCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give a connection another label or short name.")

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Argument(help: "The new label.")
    var label: String?
    @Option(help: "The new short name.")
    var name: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if label == nil, name == nil { throw ValidationError("Give a new label, or a new short name with --name.") }
    }

    func run(in program: Program) async throws {
        if let name { try Slug.check(name, besides: program.registry.names) }
        let label = try label.map { try checked($0) }
        try await program.withDesk { desk in
            let connection = try await desk.rows.connection(named: connection)
            try await desk.rows.rename(connection.id, label: label, slug: name)
            guard let renamed = try await desk.rows.connection(connection.id) else { return }
            if output.json { return desk.printer.json(Reply(connection: ConnectionBody(renamed))) }
            desk.printer.line("It is “\(renamed.label)” now, as \(renamed.slug).")
        }
    }

    private func checked(_ label: String) throws -> String {
        let isPlain = !label.allSatisfy(\.isWhitespace) && !label.contains(where: \.isNewline) && label.count <= 120
        guard isPlain, !label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw MaxError("name_invalid", "A label is one line of up to 120 characters.", fix: "Choose another label.")
        }
        return label
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
    }
}
