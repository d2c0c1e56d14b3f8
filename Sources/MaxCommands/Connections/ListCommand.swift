internal import ArgumentParser
internal import Foundation
internal import MaxHub
internal import MaxSetup
internal import MaxVault
internal import MaxWire

/// `max ls`: the connections.
struct ListCommand: Command {
    static let configuration = CommandConfiguration(commandName: "ls", abstract: "List the connections.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let bodies = try await desk.connectionBodies()
            if output.json { return desk.printer.json(Reply(connections: bodies)) }
            if bodies.isEmpty { return desk.printer.line("No connections yet. Next: max connect") }
            desk.printer.table(
                [["NAME", "LABEL", "CONNECTOR", "STATE"]]
                    + bodies.map { [$0.slug, $0.label, $0.connector, $0.standing] })
        }
    }

    private struct Reply: Encodable {
        let connections: [ConnectionBody]
    }
}

/// `max status`: connections and unfinished setups.
struct StatusCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how everything is, unfinished setups included.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let setups = try await desk.setup.unfinished()
            let reply = Reply(
                project: desk.project?.folder.path, connections: try await desk.connectionBodies(),
                setups: setups.map { SetupBody($0) }, vault: await desk.vault.lock()?.sentence ?? "ready")
            if output.json { return desk.printer.json(reply) }
            desk.printer.line(
                "\(reply.project.map { "Project \($0)" } ?? "No project here yet") · vault \(reply.vault)")
            if reply.connections.isEmpty, setups.isEmpty { desk.printer.line("No connections yet. Next: max connect") }
            desk.printer.table(reply.connections.map { [$0.slug, $0.label, $0.standing] })
            for session in setups {
                let left = session.expiresAt.timeIntervalSince(program.surroundings.now())
                desk.printer.line(
                    "Unfinished setup of \(session.connector), kept for \(Phrase.duration(left)). "
                        + "Continue setup: \(continuation(of: session, reply.connections))")
            }
        }
    }

    /// The command that goes on with a setup.
    private func continuation(of session: SetupSession, _ connections: [ConnectionBody]) -> String {
        let mended = connections.first { session.purpose == .reconnect && $0.id == session.connection.rawValue }
        return mended.map { "max reconnect \($0.slug)" } ?? "max connect \(session.connector) --resume"
    }

    private struct Reply: Encodable {
        let project: String?
        let connections: [ConnectionBody]
        let setups: [SetupBody]
        let vault: String
    }
}

extension Desk {
    /// Every connection with what locks it.
    func connectionBodies() async throws -> [ConnectionBody] {
        let locks = (try? await vault.locks()) ?? [:]
        return try await rows.connections().map { ConnectionBody($0, lock: locks[$0.id]) }
    }
}

extension ConnectionBody {
    /// How it is, in one or two words for people.
    var standing: String {
        if let locked { return locked }
        switch state {
        case "active": return sandbox ? "Active · sandbox" : "Active"
        case "shell": return "Setting up"
        case "paused": return "Paused"
        default: return "Disconnected"
        }
    }
}
