internal import Foundation
internal import Synchronization

/// A process of ours, which no signal is kept from whatever thread starts it.
final class ChildProcess: Sendable {
    private let id: pid_t
    /// Nil while it runs.
    private let ending = Mutex<Int32?>(nil)

    /// Starts a program with nothing to read, and everything it prints in a file.
    init(_ command: [String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        guard posix_spawn(&id, command[0], &actions, &attributes, arguments, environ) == 0 else {
            throw DovecotFailure(message: "\(command[0]) cannot be run")
        }
        self.id = id
    }

    /// Whether it has not ended.
    var isRunning: Bool { status == nil }

    /// Waits for its end, at most thirty seconds.
    @discardableResult
    func wait() async throws -> Int32 {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if let status { return status }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw DovecotFailure(message: "a process does not end")
    }

    /// Asks it to end, and ends it when it does not.
    func stop() async {
        if isRunning { kill(id, SIGTERM) }
        if (try? await wait()) == nil, isRunning {
            kill(id, SIGKILL)
            _ = try? await wait()
        }
    }

    /// How it ended; nil while it runs.
    ///
    /// Its id is never another's as long as nobody has been told of its end.
    private var status: Int32? {
        ending.withLock { ending in
            var status: Int32 = 0
            if ending == nil, waitpid(id, &status, WNOHANG) == id { ending = status }
            return ending
        }
    }
}
