internal import ArgumentParser
internal import MaxConnector
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
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if label == nil, name == nil { throw ValidationError("Give a new label, or a new short name with --name.") }
    }

    func run(in program: Program) async throws {
        if let name { try Slug.check(name, besides: program.registry.names) }
        let label = try label.map { try ConnectionLabel.read($0) }
        try await program.withHub(place) { hub in
            let renamed = try await hub.rename(
                hub.connection(named: connection), ConnectionChangeBody(label: label, slug: name))
            if output.json { return program.printer.json(Reply(connection: renamed)) }
            program.printer.line("It is “\(renamed.label)” now, as \(renamed.slug).")
        }
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
    }
}
