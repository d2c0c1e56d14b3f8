internal import ArgumentParser

/// A command of `max` that does something.
protocol Command: ParsableCommand {
    /// Does it.
    func run(in program: Program) async throws
}

/// How a command answers.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Answer with one JSON object, and never ask.")
    var json = false
}

/// The command line.
struct MaxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "max",
        abstract: "Connect the accounts you own and keep their data on a machine you own.",
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Connect",
                subcommands: [ConnectCommand.self, ConnectorsCommand.self, ReconnectCommand.self, FlowCommand.self]),
            CommandGroup(
                name: "Look",
                subcommands: [ListCommand.self, StatusCommand.self, ShowCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "Change", subcommands: [RenameCommand.self, DisconnectCommand.self, VaultCommand.self]),
            CommandGroup(
                name: "Set up", subcommands: [InitCommand.self, SandboxCommand.self, CompletionCommand.self]),
        ])
}

/// The version of `max`.
enum Version {
    static let current = "0.1.0"
}
