internal import BundledConnectors
internal import Foundation
internal import MaxCommands

/// The `max` program: what comes from outside, handed to the commands.
@main
struct Max {
    static func main() async {
        let settings = Settings(
            environment: ProcessInfo.processInfo.environment,
            folder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory))
        let program = Program(settings: settings, registry: .bundled)
        exit(await program.run(Array(CommandLine.arguments.dropFirst())))
    }
}
