internal import ArgumentParser
internal import MaxCore
internal import MaxTerminal
internal import MaxWire

/// `max disconnect`: stops a connection and keeps its data, or erases all of it.
struct DisconnectCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "Stop a connection and delete its secrets; its data is kept.")

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Flag(help: "Erase its data too, for good.")
    var erase = false
    @Flag(name: [.short, .long], help: "Do it without asking.")
    var yes = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let connection = try await hub.connection(named: connection)
            guard try await isMeant(connection, program) else { throw CancellationError() }
            if erase { try await hub.erase(connection) } else { try await hub.revoke(connection) }
            let outcome = erase ? "erased" : "disconnected"
            if output.json {
                return program.printer.json(
                    Reply(
                        connection: .init(
                            id: connection.id, slug: connection.slug, state: erase ? "erased" : "revoked")))
            }
            program.printer.line(
                "\(connection.label) is \(outcome)."
                    + (erase ? "" : " Its data is kept; max reconnect \(connection.slug) brings it back."))
        }
    }

    private func isMeant(_ connection: ConnectionBody, _ program: Program) async throws -> Bool {
        if yes { return true }
        guard program.terminal.isInteractive, !output.json else {
            throw MaxError(
                "options_invalid", "This needs a yes, and there is no terminal to ask on.", fix: "Give --yes.")
        }
        let question =
            erase
            ? "Erase \(connection.label): connection, secrets and data, for good?"
            : "Disconnect \(connection.label)? Its secrets are deleted, its data is kept."
        guard case .value(let meant) = try await program.terminal.confirm(question, default: false) else {
            return false
        }
        return meant
    }

    private struct Reply: Encodable {
        let connection: Body
        struct Body: Encodable {
            let id: String
            let slug: String
            let state: String
        }
    }
}
