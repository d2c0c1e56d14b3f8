internal import BundledConnectors
internal import Foundation
internal import MaxCommands
internal import MaxConnector
internal import MaxHub

/// `max` as it is, but for a store that ends the process at a chosen write or moment, and a clock that may be ahead.
///
///     CrashHost [--before N | --after N | --within MICROSECONDS] [--clock SECONDS | --clock-file FILE] -- connect acme …
///
/// How far the clock is ahead may stand in a file, which is read whenever the time is asked for.
@main
struct CrashHost {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        let fate = Fate(Array(words.prefix { $0 != "--" }))
        let settings = Settings(
            environment: ProcessInfo.processInfo.environment,
            folder: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory))
        let real = Surroundings.real
        let surroundings = Surroundings(now: { real.now().addingTimeInterval(fate.clock()) }, word: real.word)
        let program = Program(
            settings: settings, registry: .bundled, surroundings: surroundings,
            decorate: StoreDecoration(
                project: { MortalRows(rows: $0, fate: fate) }, collected: { MortalCollection(rows: $0, fate: fate) }))
        exit(await program.run(Array(words.drop { $0 != "--" }.dropFirst())))
    }
}
