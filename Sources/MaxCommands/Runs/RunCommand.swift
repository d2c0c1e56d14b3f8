internal import ArgumentParser
internal import MaxHub
internal import MaxWire

/// `max run`: one sync.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Tell one sync in full, or stop it.",
        subcommands: [RunShowCommand.self, RunCancelCommand.self], defaultSubcommand: RunShowCommand.self)
}

/// The sync a command is about.
struct RunArgument: ParsableArguments {
    @Argument(help: "The sync: “last”, its id, or the beginning of that.")
    var run: String
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions
}

/// `max run <run>`.
struct RunShowCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell its stages, its counts, what failed and why.")

    @OptionGroup var argument: RunArgument

    func run(in program: Program) async throws {
        try await program.withHub(argument.place) { hub in
            let run = try await hub.run(named: argument.run)
            if argument.output.json { return program.printer.json(Reply(run: run)) }
            for line in RunReport(run: run).lines { program.printer.line(line) }
        }
    }

    private struct Reply: Encodable {
        let run: RunBody
    }
}

/// `max run cancel`.
struct RunCancelCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask a sync to stop at a safe point, also one of another process.")

    @OptionGroup var argument: RunArgument

    func run(in program: Program) async throws {
        try await program.withHub(argument.place) { hub in
            let found = try await hub.run(named: argument.run)
            let run = try await hub.cancelRun(found.id)
            if argument.output.json { return program.printer.json(Reply(run: run)) }
            let name = run.connection ?? "It"
            program.printer.line(
                found.standing.isEnded
                    ? "\(name) is not being synced: \(run.short) was over already (\(run.outcome))."
                    : run.standing.isEnded
                        ? "\(name): \(run.short) is stopped."
                        : "\(name): \(run.short) stops at the next safe point.")
        }
    }

    private struct Reply: Encodable {
        let run: RunBody
    }
}
