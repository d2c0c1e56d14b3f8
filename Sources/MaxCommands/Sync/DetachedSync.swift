internal import Foundation
internal import MaxCore

/// A sync in a process of its own, which outlives this one and the window it runs in.
struct DetachedSync {
    /// The words after the program's name; no secret is ever among them.
    let arguments: [String]
    let environment: [String: String]

    /// Starts it in a session of its own, with nothing to read from and nothing to write to.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `detach_failed`.
    func start() throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in STDIN_FILENO...STDERR_FILENO {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        attributes.beginAnew()
        var process: pid_t = 0
        let code = Self.withCStrings([CommandLine.arguments[0]] + arguments) { argv in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { envp in
                posix_spawn(&process, "/proc/self/exe", &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else {
            throw MaxError(
                "detach_failed", "Max could not start a process of its own: \(String(cString: strerror(code))).",
                fix: "Leave out --detach.")
        }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress ?? .allocate(capacity: 0)) }
    }
}

extension posix_spawnattr_t {
    /// Gives the child a session of its own, and every signal its default course: threads here have most of them
    /// blocked.
    fileprivate mutating func beginAnew() {
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&self, &none)
        posix_spawnattr_setsigdefault(&self, &all)
        let ownSession: Int32 = 0x80  // POSIX_SPAWN_SETSID of spawn.h, which is not imported
        posix_spawnattr_setflags(&self, Int16(ownSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }
}
