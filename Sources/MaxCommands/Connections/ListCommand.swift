internal import ArgumentParser
internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// `max ls`: the connections.
struct ListCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List the connections, each with its records and how fresh they are.")

    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let connections = try await hub.sources().compactMap(\.connection)
            if output.json { return program.printer.json(Reply(connections: connections)) }
            if connections.isEmpty { return program.printer.line("No connections yet. Next: max connect") }
            program.printer.table(
                [["NAME", "LABEL", "CONNECTOR", "STATE"]]
                    + connections.map { [$0.slug, $0.label, $0.connector, $0.line] })
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

    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let (place, sources, setups) = (try await hub.place(), try await hub.sources(), try await hub.setups())
            let connections = sources.compactMap(\.connection)
            let unread = try await hub.notices(isOpen: true, atMost: Self.mostNotices).filter(\.isUnread).count
            if output.json {
                return program.printer.json(
                    Reply(
                        project: place.project, server: place.server, connections: connections, setups: setups,
                        unreadNotices: unread, vault: place.vault))
            }
            program.printer.line(place.line + (unread == 0 ? "" : " · \(Phrase.count(unread, "notice")): max notices"))
            if sources.isEmpty { program.printer.line("No connections yet. Next: max connect") }
            let now = program.surroundings.now()
            program.printer.table(connections.map { [$0.slug, $0.label, $0.line] })
            for setup in setups {
                let left = setup.expiresAt.timeIntervalSince(now)
                program.printer.line(
                    "Unfinished setup of \(setup.connector), kept for \(Phrase.duration(left)). "
                        + "Continue setup: \(continuation(of: setup, sources))")
            }
        }
    }

    /// How many notices are looked at.
    private static let mostNotices = 1000

    /// The command that goes on with a setup.
    private func continuation(of setup: SetupBody, _ sources: [SourceBody]) -> String {
        let mended = sources.first { $0.setup?.id == setup.id }?.connection
        return mended.map { "max reconnect \($0.slug)" } ?? "max connect \(setup.connector) --resume"
    }

    private struct Reply: Encodable {
        let project: String?
        let server: String?
        let connections: [ConnectionBody]
        let setups: [SetupBody]
        let unreadNotices: Int
        let vault: String?
    }
}

extension HubPlace {
    /// Where it is and how its vault is, for people.
    fileprivate var line: String {
        let name = server.map { "Server \($0)" } ?? project.map { "Project \($0)" } ?? "No project here yet"
        return name + (vault.map { " · vault \($0)" } ?? "")
    }
}
