internal import BundledConnectors
internal import Foundation
internal import MaxCommands

/// The `max` program: what comes from outside, handed to the commands.
@main
struct Max {
    static func main() async {
        openStandardStreams()
        let settings = Settings(
            environment: ProcessInfo.processInfo.environment,
            folder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory))
        let program = Program(settings: settings, registry: .bundled)
        exit(await program.run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Opens those of the three standard streams that the caller closed, so that no file takes the place of one and is
    /// written to as such.
    private static func openStandardStreams() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) == -1 { _ = open("/dev/null", O_RDWR) }
    }
}
