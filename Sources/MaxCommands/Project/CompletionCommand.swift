internal import ArgumentParser

/// `max completion`: prints a completion script.
struct CompletionCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print a completion script for your shell.")

    /// A shell that can complete.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "The shell: bash, zsh or fish.")
    var shell: Shell

    func run(in program: Program) async throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        program.printer.text(MaxCommand.completionScript(for: kind))
    }
}
