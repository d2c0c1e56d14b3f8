internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal

/// `max guide`: a page for an AI agent.
struct GuideCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "guide", abstract: "Tell an AI agent how to use all this, with the connections at hand.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let guide = Guide(
                cards: try await desk.engines.cards(), entities: try await desk.engines.entities(),
                now: program.surroundings.now())
            if output.json { return desk.printer.json(["guide": .string(desk.spelling.spell(guide.text))]) }
            desk.printer.text(guide.text)
        }
    }
}
