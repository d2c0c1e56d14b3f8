import Foundation

/// A folder that is removed with its last owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "max-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Copies files and folders of the repository to the same places here.
    func copy(_ paths: String...) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        for path in paths {
            try place("cp", "-R", root.appending(path: path).path(), at: path)
        }
    }

    /// Writes a file, with the folders it needs.
    func write(_ path: String, _ text: String, executable: Bool = false) throws {
        let draft = url.appending(path: UUID().uuidString)
        try Data(text.utf8).write(to: draft)
        try place("install", "-m", executable ? "755" : "644", draft.path(), at: path)
        try FileManager.default.removeItem(at: draft)
    }

    /// Has another process write a file: one that is open for writing in ours, or in a fork of it, cannot be run.
    private func place(_ words: String..., at path: String) throws {
        let place = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let tool = try Process.run(URL(filePath: "/usr/bin/env"), arguments: words + [place.path()])
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// The text of a file; empty when there is none.
    func read(_ path: String) -> String {
        (try? String(contentsOf: url.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// Every file below a folder, by its path from there.
    func files(under path: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: url.appending(path: path).path())
        return (found?.compactMap { $0 as? String } ?? []).sorted().filter { file in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: url.appending(path: "\(path)/\(file)").path())
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }
    }
}

/// A program under way, ended after a minute whatever happens.
final class ScriptRun {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts a program of a folder.
    ///
    /// - Parameters:
    ///   - path: The only folders in which it finds programs; the usual ones unless given.
    ///   - folder: The working folder, from the given one; that itself unless given.
    init(
        _ command: String, _ arguments: [String] = [], in home: TemporaryFolder, path: String? = nil,
        environment: [String: String] = [:], folder: String = "."
    ) throws {
        var surroundings = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        surroundings["TERM"] = "dumb"
        if let path { surroundings["PATH"] = path }
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["60", command] + arguments
        process.environment = surroundings
        process.currentDirectoryURL = home.url.appending(path: folder)
        process.standardOutput = output
        process.standardError = errors
        try Self.withAllSignals { try process.run() }
    }

    /// Starts a program without the signal mask of the thread pool, which would block Ctrl-C.
    private static func withAllSignals(_ start: () throws -> Void) rethrows {
        var (all, before) = (sigset_t(), sigset_t())
        sigemptyset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try start()
    }

    /// Waits for a first piece of what it says on standard error.
    func firstError() -> String { String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self) }

    /// Presses Ctrl-C.
    func interrupt() { process.interrupt() }

    /// Waits for its end.
    func end() -> (status: Int32, output: String, errors: String) {
        let output = output.fileHandleForReading.readDataToEndOfFile()
        let errors = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self)
        )
    }
}

/// A named pipe by which a script and a test wait for one another.
final class Gate {
    private let descriptor: CInt

    init(at url: URL) throws {
        guard mkfifo(url.path(), 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        descriptor = open(url.path(), O_RDWR)
    }

    deinit { close(descriptor) }

    /// Lets one reader pass.
    func pass() { _ = write(descriptor, "\n", 1) }

    /// Waits until a script wrote, for a minute at most; returns whether it did.
    func wait() -> Bool {
        var events = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&events, 1, 60_000) == 1
    }
}
