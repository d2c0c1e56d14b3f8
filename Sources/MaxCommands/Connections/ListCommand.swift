internal import ArgumentParser
internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxVault
internal import MaxWire

/// `max ls`: the connections.
struct ListCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List the connections, each with its records and how fresh they are.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let cards = try await desk.engines.cards()
            if output.json { return desk.printer.json(Reply(connections: cards.map(\.body))) }
            if cards.isEmpty { return desk.printer.line("No connections yet. Next: max connect") }
            let now = program.surroundings.now()
            desk.printer.table(
                [["NAME", "LABEL", "CONNECTOR", "STATE"]]
                    + cards.map {
                        [$0.connection.slug, $0.connection.label, $0.connection.connector, $0.line(at: now)]
                    })
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
            let (setups, cards) = (try await desk.setup.unfinished(), try await desk.engines.cards())
            let reply = Reply(
                project: desk.project?.folder.path, connections: cards.map(\.body),
                setups: setups.map { SetupBody($0) }, vault: await desk.vault.lock()?.sentence ?? "ready")
            if output.json { return desk.printer.json(reply) }
            desk.printer.line(
                "\(reply.project.map { "Project \($0)" } ?? "No project here yet") · vault \(reply.vault)")
            if reply.connections.isEmpty, setups.isEmpty { desk.printer.line("No connections yet. Next: max connect") }
            let now = program.surroundings.now()
            desk.printer.table(cards.map { [$0.connection.slug, $0.connection.label, $0.line(at: now)] })
            for session in setups {
                let left = session.expiresAt.timeIntervalSince(now)
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
