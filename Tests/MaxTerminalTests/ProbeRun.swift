import PseudoTerminal
import Testing

/// Runs the probe with one of its prompts, results going to a file.
func withProbe<Value>(
    _ arguments: String..., environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    input: TerminalProgram.Stream = .terminal, _ body: (PseudoTerminal) async throws -> Value
) async throws -> Value {
    let program = TerminalProgram(
        TerminalProgram.built("TerminalProbe"), arguments, environment: environment, columns: columns, rows: rows,
        standardInput: input, standardOutput: .file)
    return try await withPseudoTerminal(program, body)
}

extension PseudoTerminal {
    /// Waits for the end and gives what the program printed as its result.
    func result() async throws -> String {
        try await wait()
        return standardOutput.split(separator: "\n").joined()
    }

    /// Holds the program to the result it prints.
    func expectResult(_ expected: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let result = try await result()
        #expect(result == expected, sourceLocation: sourceLocation)
    }

    /// Holds the program to the way it ends.
    func expectEnd(_ expected: ExitStatus, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let status = try await wait()
        #expect(status == expected, sourceLocation: sourceLocation)
    }

    /// The transcript as text.
    var text: String { String(decoding: transcript, as: UTF8.self) }

    /// Whether the terminal is as the program found it.
    var isRestored: Bool { isEchoing && isCanonical && showsCursor && !bracketsPaste }
}
