internal import Foundation
internal import MaxStore
internal import PseudoTerminal

extension Benchmark {
    private static let starts = 20
    private static let target = Target.median(.milliseconds(50))

    /// From the start of a process to the first question on a terminal.
    static let starting = [
        Benchmark("start to first prompt", beside: "start of echo", target: target) {
            try await withProject { project in
                try await Measurement(
                    starts, work: Start.max(in: project).prompt, reference: Start.echo(in: project).prompt)
            }
        },
        Benchmark("start with 1,000 connections", beside: "start of echo", target: target) {
            try await withProject { project in
                try await SQLiteStore(folder: project.appending(path: ".max")).addConnections(1000)
                return try await Measurement(
                    starts, work: Start.max(in: project).prompt, reference: Start.echo(in: project).prompt)
            }
        },
        Benchmark("start through ./max", beside: "start of max itself", target: target) {
            try await withProject { project in
                try await Measurement(
                    starts, work: try Start.launcher(in: project).prompt, reference: Start.max(in: project).prompt)
            }
        },
    ]

    /// Runs `body` in a folder that `max init` has been in.
    private static func withProject<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        try await withScratchFolder { folder in
            _ = try await ProgramRun(built: "max", ["init"], in: folder)
            return try await body(folder)
        }
    }
}

/// A program whose first question is awaited.
struct Start: Sendable {
    private static let question = "Tenant URL"
    private let program: TerminalProgram

    /// Max as it was built beside this program.
    static func max(in project: URL) -> Start {
        Start(TerminalProgram.built("max"), ["connect", "acme"], in: project)
    }

    /// Max by way of the script at hand that builds it when it has to, which it has not.
    static func launcher(in project: URL) throws -> Start {
        let root = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        let launched = root.appending(path: ".build/release/max").resolvingSymlinksInPath()
        guard launched.path == TerminalProgram.built("max") else { throw NotLaunched(program: launched.path) }
        return Start(root.appending(path: "max").path, ["connect", "acme"], in: project)
    }

    /// A program that does nothing but write the question.
    static func echo(in project: URL) -> Start { Start("/bin/echo", [question], in: project) }

    private init(_ executable: String, _ arguments: [String], in folder: URL) {
        let environment = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" || $0.key == "HOME" }
        program = TerminalProgram(executable, arguments, environment: environment, directory: folder.path)
    }

    /// Starts the program, waits for the question, and leaves.
    ///
    /// - Returns: The time until the question was on the screen.
    func prompt() async throws -> Duration {
        let start = ContinuousClock.now
        return try await withPseudoTerminal(program) { terminal in
            do {
                try await terminal.expect(Self.question)
            } catch {
                try await leave(terminal)
                throw error
            }
            let time = start.duration(to: .now)
            try await leave(terminal)
            return time
        }
    }

    /// Presses Ctrl-C, which leaves nothing behind, and waits for the end.
    private func leave(_ terminal: PseudoTerminal) async throws {
        await terminal.send(.ctrlC)
        try await terminal.wait()
    }
}

/// The launcher at hand starts another program than the one built beside this one.
private struct NotLaunched: Error, CustomStringConvertible {
    let program: String
    var description: String { "./max would start \(program); run make bench" }
}
