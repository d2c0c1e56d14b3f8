internal import Foundation
internal import MaxCore

/// A file whose advisory lock (`flock`) one holder at a time has, in this process or another.
///
/// The system releases it when its holder dies, so that no lock outlives a killed process.
struct LockFile: Sendable {
    let path: String

    /// Opens the file; the lock is not claimed yet.
    ///
    /// - Throws: ``MaxCore/MaxError`` when it cannot be made.
    func opened() throws -> LockHandle {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MaxError(errno: errno, at: path) }
        return LockHandle(descriptor: descriptor, path: path)
    }

    /// Runs `work` while holding the lock, waiting for it without blocking a thread.
    func holding<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        let handle = try opened()
        defer { handle.close() }
        var pause = LockPause()
        while try !handle.claim() { try await Task.sleep(for: pause.next()) }
        return try await work()
    }

    /// Runs short `work` while holding the lock, waiting for it on this thread.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `database_busy` when another holder keeps it for longer than `patience`.
    func holding<Result>(patience: Duration, _ work: () throws -> Result) throws -> Result {
        let handle = try opened()
        defer { handle.close() }
        let deadline = ContinuousClock.now + patience
        while try !handle.claim() {
            guard ContinuousClock.now < deadline else { throw MaxError.busy(at: path) }
            usleep(2000)
        }
        return try work()
    }
}

extension LockFile {
    /// Runs `work` while the file stands for its life: it is locked until then, and removed in the end.
    func standing<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        var pause = LockPause()
        var handle = try opened()
        defer { handle.close() }
        while try !(handle.claim() && handle.isInPlace) {
            try await Task.sleep(for: pause.next())
            let again = try opened()
            handle.close()
            handle = again
        }
        defer { unlink(path) }
        return try await work()
    }

    /// Whether somebody holds the lock; a file that a killed process left behind is removed.
    func isHeld() throws -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return false }
            throw MaxError(errno: errno, at: path)
        }
        let handle = LockHandle(descriptor: descriptor, path: path)
        defer { handle.close() }
        guard try handle.claim(shared: true) else { return true }
        unlink(path)
        return false
    }
}

/// An opened lock file; closing it releases the lock.
struct LockHandle: Sendable {
    let descriptor: Int32
    let path: String

    /// Takes the lock unless someone else has it; a shared one may be had by several.
    func claim(shared: Bool = false) throws -> Bool {
        while flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            guard errno == EINTR else { throw MaxError(errno: errno, at: path) }
        }
        return true
    }

    /// Whether the path still leads to the opened file, so that others find its lock.
    var isInPlace: Bool {
        var (mine, there) = (stat(), stat())
        return fstat(descriptor, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino
    }

    func close() { Foundation.close(descriptor) }
}

/// How long to wait between two tries for a lock: 2 ms at first, 20 ms in the end.
struct LockPause {
    private var milliseconds = 1

    mutating func next() -> Duration {
        milliseconds = min(milliseconds * 2, 20)
        return .milliseconds(milliseconds)
    }
}
