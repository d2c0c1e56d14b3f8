internal import Foundation
internal import PseudoTerminal

/// A program that ran to its end.
struct ProgramRun: Sendable {
    /// What it printed.
    let output: String
    /// The time from its start to its end.
    let time: Duration

    /// Runs a program that was built beside this one.
    init(
        built name: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
    ) async throws {
        try await self.init(TerminalProgram.built(name), arguments, environment: environment, in: folder)
    }

    /// Runs a program; without `/` in its name it is looked for on the path.
    init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
    ) async throws {
        let inherited = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" }
        let program = TerminalProgram(
            executable.contains("/") ? executable : "/usr/bin/env",
            executable.contains("/") ? arguments : [executable] + arguments,
            environment: inherited.merging(environment) { _, given in given }, directory: folder?.path,
            standardOutput: .file)
        let start = ContinuousClock.now
        (output, time) = try await withPseudoTerminal(program) { terminal in
            let status = try await terminal.wait(within: .seconds(300))
            let time = start.duration(to: .now)
            let output = terminal.standardOutput
            guard status == .exited(0) else {
                throw ProgramFailed(program: executable, words: output + terminal.screen)
            }
            return (output, time)
        }
    }

    /// The seconds that the program says at the end of what it printed.
    var seconds: Duration {
        get throws {
            guard let seconds = output.split(whereSeparator: \.isWhitespace).last.flatMap({ Double($0) }) else {
                throw ProgramFailed(program: "a program", words: "it printed no time: \(output)")
            }
            return .seconds(seconds)
        }
    }
}

/// A program that ended otherwise than well.
private struct ProgramFailed: Error, CustomStringConvertible {
    let program: String
    let words: String
    var description: String { "\(program) failed: \(words)" }
}
