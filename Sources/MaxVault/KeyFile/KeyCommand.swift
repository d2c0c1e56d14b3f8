internal import Glibc
internal import MaxCore

/// A command of the owner's that prints the key ring, such as a password manager's.
///
/// It runs in a process group of its own, so that all of it can be ended. What it writes to its standard error is not
/// shown, since nobody knows what that may hold.
struct KeyCommand: Sendable {
    /// The most that is read, in bytes.
    static let largest = 64 * 1024

    let line: String
    let environment: [String: String]
    /// How long it may take.
    var limit: Duration = .seconds(10)

    /// Runs the command and gives what it printed.
    ///
    /// Blocks until it has ended.
    func run() throws(KeyRingFault) -> SecretValue {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw fault("cannot be started") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let child = spawn(output: ends[1])
        close(ends[1])
        guard let child else { throw fault("cannot be started") }
        return try CommandChild(pid: child, output: ends[0]).collect(limit: limit, largest: Self.largest, fault: fault)
    }

    private func spawn(output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return withStrings(["/bin/sh", "-c", line]) { arguments in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                var child = pid_t()
                return posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, variables) == 0 ? child : nil
            }
        }
    }

    private func fault(_ what: String) -> KeyRingFault {
        KeyRingFault(
            reason: "the command in MAX_VAULT_KEY_COMMAND \(what)",
            fix: "Run that command by hand: it has to print the key, and nothing else, within ten seconds.")
    }

    /// Hands strings to a closure as a null-terminated list of C strings.
    private func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
