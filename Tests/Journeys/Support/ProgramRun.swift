import Foundation
import Glibc
import PseudoTerminal

/// A program run without a terminal: what it is called with, and what it is told on standard input.
struct ProgramRun: Sendable {
    /// The name of a program of this package, or a path.
    var program = "max"
    var arguments: [String]
    var environment: [String: String]
    var folder: URL
    var input: [UInt8] = []

    /// How long it may take, in seconds, before it is ended: long enough for a machine that is busy.
    var limit = 60

    /// Runs it to its end.
    ///
    /// - Parameter watch: Called with the process's id as soon as it runs, beside it.
    func finish(watch: @escaping @Sendable (pid_t) async -> Void = { _ in }) async throws -> Outcome {
        let files = try RunFiles(input: input)
        defer { files.remove() }
        let process = try spawn(files)
        let status = await withTaskGroup(of: Int32?.self) { group in
            group.addTask { await end(of: process) }
            group.addTask {
                await watch(process)
                return nil
            }
            var status: Int32 = 0
            for await ended in group { status = ended ?? status }
            return status
        }
        return Outcome(
            status: status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F),
            out: try files.text(files.output), err: try files.text(files.error))
    }

    private func spawn(_ files: RunFiles) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, file) in [files.input, files.output, files.error].enumerated() {
            let flags = descriptor == 0 ? O_RDONLY : O_WRONLY
            posix_spawn_file_actions_addopen(&actions, Int32(descriptor), file.path, flags, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        attributes.clearSignals()
        // env(1) changes the folder, and then becomes the program.
        let path = program.contains("/") ? program : TerminalProgram.built(program)
        let words = ["/usr/bin/env", "-C", folder.path, path] + arguments
        var process: pid_t = 0
        let code = withCStrings(words) { argv in
            withCStrings(environment.map { "\($0)=\($1)" }) { envp in
                posix_spawn(&process, words[0], &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        return process
    }

    /// Waits on a thread of its own, because waiting blocks; reaps only when the timer cannot strike any more.
    private func end(of process: pid_t) async -> Int32 {
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .seconds(limit))
        timer.setEventHandler { kill(process, SIGKILL) }
        timer.resume()
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var info = siginfo_t()
                while waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
                continuation.resume()
            }
        }
        timer.cancel()
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status
    }
}

/// How a run ended and what it said.
struct Outcome: Sendable {
    let status: PseudoTerminal.ExitStatus
    let out: String
    let err: String
}

/// The files that stand for a run's standard streams.
private struct RunFiles {
    let input: URL
    let output: URL
    let error: URL
    private let folder: URL

    init(input bytes: [UInt8]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "max-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        (input, output, error) = (folder.appending(path: "0"), folder.appending(path: "1"), folder.appending(path: "2"))
        try Data(bytes).write(to: input)
        for file in [output, error] { try Data().write(to: file) }
    }

    func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

extension posix_spawnattr_t {
    /// Lets the child begin with no signal blocked or ignored: the threads of a test have most of them blocked.
    fileprivate mutating func clearSignals() {
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&self, &none)
        posix_spawnattr_setsigdefault(&self, &all)
        posix_spawnattr_setflags(&self, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    }
}

private func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("an array that ends in nil is not empty") }
        return body(base)
    }
}
