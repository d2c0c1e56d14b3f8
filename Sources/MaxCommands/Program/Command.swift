internal import ArgumentParser
internal import MaxCore
internal import MaxHub

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
                name: "Collect", subcommands: [SyncCommand.self, RunsCommand.self, RunCommand.self]),
            CommandGroup(
                name: "Serve",
                subcommands: [ServeCommand.self, OwnerCommand.self, LoginCommand.self, LogoutCommand.self]),
            CommandGroup(
                name: "Ask",
                subcommands: [
                    SearchCommand.self, GetCommand.self, CountCommand.self, SchemaCommand.self, ChangesCommand.self,
                    ExportCommand.self, SQLCommand.self, GuideCommand.self,
                ]),
            CommandGroup(
                name: "Look",
                subcommands: [
                    ListCommand.self, StatusCommand.self, ShowCommand.self, NoticesCommand.self, DoctorCommand.self,
                    ReplayCommand.self, DiagnoseCommand.self,
                ]),
            CommandGroup(
                name: "Change",
                subcommands: [
                    RenameCommand.self, ScheduleCommand.self, DisconnectCommand.self, WebhooksCommand.self,
                    MailCommand.self,
                    VaultCommand.self,
                ]),
            CommandGroup(name: "Move", subcommands: [BackupCommand.self, RestoreCommand.self]),
            CommandGroup(
                name: "Set up", subcommands: [InitCommand.self, SandboxCommand.self, CompletionCommand.self]),
        ])
}

extension MaxCommand {
    /// The words that may come first.
    static var commandNames: [String] {
        configuration.groupedSubcommands.flatMap(\.subcommands).compactMap { $0.configuration.commandName } + ["help"]
    }

    /// Refuses a command that does not exist by its name, before its options are looked at.
    static func requireKnown(_ word: String?) throws {
        guard let word, !word.hasPrefix("-"), !commandNames.contains(word) else { return }
        throw MaxError(
            "options_invalid", "There is no command \(word.quoted).",
            fix: NearestNames.question(word, among: commandNames)
                ?? "Choose one of: \(commandNames.joined(separator: ", ")).")
    }
}

/// The version of `max`.
enum Version {
    static let current = "0.1.0"
}
