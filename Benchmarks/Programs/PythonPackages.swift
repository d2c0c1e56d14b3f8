internal import Foundation
internal import PseudoTerminal

/// A Python with packages of its own, made once and kept beside the built programs.
struct PythonPackages: Sendable {
    /// The path of its interpreter.
    let python: String

    /// Installs what a file of requirements names, unless that was done before.
    init(_ requirements: URL) async throws {
        let home = URL(filePath: TerminalProgram.built("python-packages"), directoryHint: .isDirectory)
        python = home.appending(path: "bin/python").path
        let (wanted, installed) = (try Data(contentsOf: requirements), home.appending(path: "requirements.txt"))
        guard (try? Data(contentsOf: installed)) != wanted else { return }
        _ = try await ProgramRun("python3", ["-m", "venv", "--clear", home.path])
        _ = try await ProgramRun(
            python,
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements.path],
            environment: ProcessInfo.processInfo.environment)
        try wanted.write(to: installed)
    }
}
