import AcmeSandbox
import Foundation
import PseudoTerminal
import Testing

/// A fresh folder, in which `max` is used as a person or a script would use it.
struct Playground: Sendable {
    let folder: URL
    /// What every run finds in its environment; nothing of the caller's.
    var environment: [String: String]

    /// Describes a run of `max` here.
    func run(
        _ arguments: [String], environment extra: [String: String] = [:], input: String = "", in place: String? = nil
    ) -> ProgramRun {
        ProgramRun(
            arguments: arguments, environment: environment.merging(extra) { _, given in given },
            folder: place.map { folder.appending(path: $0) } ?? folder, input: Array(input.utf8))
    }

    /// Runs `max` to its end.
    func max(
        _ arguments: String..., environment extra: [String: String] = [:], input: String = "", in place: String? = nil
    ) async throws -> Outcome {
        try await run(arguments, environment: extra, input: input, in: place).finish()
    }

    /// Runs `max` to its end.
    func max(_ arguments: [String], environment extra: [String: String] = [:]) async throws -> Outcome {
        try await run(arguments, environment: extra).finish()
    }

    /// Runs `max` on a terminal.
    func onTerminal<Value>(
        _ arguments: String..., body: (PseudoTerminal) async throws -> Value
    ) async throws -> Value {
        try await onTerminal(arguments, body: body)
    }

    /// Runs `max` on a terminal.
    func onTerminal<Value>(
        _ arguments: [String], body: (PseudoTerminal) async throws -> Value
    ) async throws -> Value {
        let program = TerminalProgram(
            TerminalProgram.built("max"), arguments, environment: environment, directory: folder.path, columns: 200,
            rows: 50)
        return try await withPseudoTerminal(program, body)
    }

    /// A file or folder here.
    func file(_ path: String) -> URL { folder.appending(path: path) }

    /// The permissions of a file or folder here.
    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: file(path).path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }
}

/// Gives `body` a fresh folder, which is gone afterwards.
func withPlayground<Value>(_ body: (Playground) async throws -> Value) async throws -> Value {
    try await Seats.shared.seated {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-journey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
        ]
        return try await body(Playground(folder: folder.resolvingSymlinksInPath(), environment: environment))
    }
}

/// Gives `body` a fresh folder and a provider to connect to.
func withAcme<Value>(
    _ options: AcmeSandboxOptions = AcmeSandboxOptions(), _ body: (Playground, AcmeAddress) async throws -> Value
) async throws -> Value {
    try await withPlayground { place in
        try await AcmeSandbox.serve(options) { acme in try await body(place, acme) }
    }
}

/// How many journeys are under way at once: enough to wait for several, few enough for a small machine.
actor Seats {
    static let shared = Seats(6)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    nonisolated func seated<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        await take()
        do {
            let value = try await body()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
