internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSync
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
    @OptionGroup var output: OutputOptions
}

/// `max run <run>`.
struct RunShowCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell its stages, its counts, what failed and why.")

    @OptionGroup var argument: RunArgument

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let run = try await desk.engines.run(named: argument.run)
            let connection = try await desk.rows.connection(run.connection)
            let body = RunBody(run, of: connection)
            if argument.output.json { return desk.printer.json(Reply(run: body)) }
            for line in RunReport(run: run, name: connection?.slug ?? "a connection that is gone").lines {
                desk.printer.line(line)
            }
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
        try await program.withDesk { desk in
            let found = try await desk.engines.run(named: argument.run)
            let run = try await desk.engines.sync().cancel(found.id)
            let connection = try await desk.rows.connection(run.connection)
            if argument.output.json { return desk.printer.json(Reply(run: RunBody(run, of: connection))) }
            let name = connection?.slug ?? "It"
            desk.printer.line(
                found.state.isEnded
                    ? "\(name) is not being synced: \(run.id.short) was over already (\(run.outcome))."
                    : run.state.isEnded
                        ? "\(name): \(run.id.short) is stopped."
                        : "\(name): \(run.id.short) stops at the next safe point.")
        }
    }

    private struct Reply: Encodable {
        let run: RunBody
    }
}
