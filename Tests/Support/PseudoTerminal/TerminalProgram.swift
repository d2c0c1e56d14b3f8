internal import Glibc

/// A program to run on a pseudo-terminal, and the window it finds itself in.
package struct TerminalProgram: Sendable {
    /// Where a standard stream of the program leads.
    package enum Stream: Sendable {
        case terminal

        /// For input, no bytes at all; for output, a file read back through `standardOutput`.
        case file
    }

    package var executable: String
    package var arguments: [String]

    /// The whole environment; `TERM` is added where it is missing.
    package var environment: [String: String]

    /// The working directory; that of the tests when nil.
    package var directory: String?
    package var columns: Int
    package var rows: Int
    package var standardInput: Stream
    package var standardOutput: Stream
    package var standardError: Stream

    /// Describes a run of `executable`, a path.
    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil, columns: Int = 80, rows: Int = 24, standardInput: Stream = .terminal,
        standardOutput: Stream = .terminal, standardError: Stream = .terminal
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment.merging(["TERM": "xterm-256color"]) { given, _ in given }
        self.directory = directory
        self.columns = columns
        self.rows = rows
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
    }

    /// The path of a program of this package, built beside the tests.
    package static func built(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
    }
}

/// A call of the system that failed.
struct SystemFailure: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    var description: String { "\(call): \(String(cString: strerror(code)))" }
}

extension TerminalProgram {
    struct Spawned {
        var processID: pid_t
        var master: Int32
        var standardOutputPath: String?
    }

    /// Starts the program as the leader of a new session on a new terminal.
    func spawn() throws -> Spawned {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0 else { throw SystemFailure(call: "open /dev/ptmx", code: errno) }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        do {
            let path = try slavePath(of: master)
            let outputPath = if case .file = standardOutput { try emptyFile() } else { String?.none }
            let processID = try start(onSlave: path, outputPath: outputPath)
            return Spawned(processID: processID, master: master, standardOutputPath: outputPath)
        } catch {
            close(master)
            throw error
        }
    }

    private func start(onSlave path: String, outputPath: String?) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a session leader opens becomes the controlling one: it must be opened, and it is
        // opened where every stream can be made from it.
        let spare: Int32 = 3
        posix_spawn_file_actions_addopen(&actions, spare, path, O_RDWR, 0)
        for (stream, descriptor) in [(standardInput, 0), (standardOutput, 1), (standardError, 2)] as [(Stream, Int32)] {
            switch stream {
            case .terminal: posix_spawn_file_actions_adddup2(&actions, spare, descriptor)
            case .file:
                let file = descriptor == 1 ? outputPath ?? "/dev/null" : "/dev/null"
                posix_spawn_file_actions_addopen(&actions, descriptor, file, descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
            }
        }
        posix_spawn_file_actions_addclose(&actions, spare)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setFreshSession(&attributes)

        var processID: pid_t = 0
        // env(1) changes the directory where one is wanted, and then becomes the program.
        let words = (directory.map { ["/usr/bin/env", "-C", $0] } ?? []) + [executable] + arguments
        let code = withCStrings(words) { argv in
            withCStrings(environment.map { "\($0)=\($1)" }) { envp in
                posix_spawn(&processID, words[0], &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw SystemFailure(call: "posix_spawn \(executable)", code: code) }
        return processID
    }

    /// A session of its own, with no signal blocked or ignored: the threads of a test have most of them blocked.
    private func setFreshSession(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID of spawn.h, not imported
        let flags = newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }
}

/// Unlocks the other side of `master` and gives its path.
///
/// By ioctl_tty(2): ptsname is not safe across threads.
private func slavePath(of master: Int32) throws -> String {
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
    var (lock, number): (Int32, Int32) = (0, 0)
    guard ioctl(master, setLock, &lock) == 0, ioctl(master, getNumber, &number) == 0 else {
        throw SystemFailure(call: "ioctl /dev/ptmx", code: errno)
    }
    return "/dev/pts/\(number)"
}

private func emptyFile() throws -> String {
    let path = "/tmp/pseudo-terminal-\(UInt64.random(in: .min ... .max))"
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure(call: "open \(path)", code: errno) }
    close(descriptor)
    return path
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
