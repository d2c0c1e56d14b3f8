internal import BundledConnectors
internal import Foundation
internal import MaxCommands
internal import MaxConnector
internal import MaxHub

/// `max` as it is, but for a store that ends the process at a chosen write and a clock that may be ahead.
///
///     CrashHost [--before N | --after N] [--clock SECONDS] -- connect acme …
@main
struct CrashHost {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        let fate = Fate(Array(words.prefix { $0 != "--" }))
        let settings = Settings(
            environment: ProcessInfo.processInfo.environment,
            folder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory))
        let real = Surroundings.real
        let surroundings = Surroundings(now: { real.now().addingTimeInterval(fate.clock) }, word: real.word)
        let program = Program(settings: settings, registry: .bundled, surroundings: surroundings) { rows in
            MortalRows(rows: rows, fate: fate)
        }
        exit(await program.run(Array(words.drop { $0 != "--" }.dropFirst())))
    }
}
