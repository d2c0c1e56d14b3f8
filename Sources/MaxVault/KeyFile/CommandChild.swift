internal import Glibc
internal import MaxCore

/// A running command, and the end of the pipe that its output comes out of.
struct CommandChild {
    let pid: pid_t
    let output: Int32

    /// Reads what the command prints until it ends; one that takes too long or prints too much is ended.
    func collect(
        limit: Duration, largest: Int, fault: (String) -> KeyRingFault
    ) throws(KeyRingFault) -> SecretValue {
        let deadline = ContinuousClock.now + limit
        var status: Int32?
        var bytes: [UInt8] = []
        defer { if status == nil { end() } }
        while status == nil {
            waitForOutput(milliseconds: 10)
            status = exitStatus()
            while bytes.count <= largest, let piece = read() { bytes += piece }
            guard bytes.count <= largest else { throw fault("prints more than a key") }
            guard status != nil || ContinuousClock.now < deadline else { throw fault("takes too long") }
        }
        guard status == 0 else { throw fault("failed") }
        return SecretValue(bytes)
    }

    /// Waits for output for so long at most.
    private func waitForOutput(milliseconds: Int32) {
        var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        poll(&wait, 1, milliseconds)
        // A command may close its output long before it ends.
        if wait.revents & Int16(POLLIN) == 0 { usleep(1000) }
    }

    /// Reads a piece of what is there; nil when there is nothing.
    private func read() -> ArraySlice<UInt8>? {
        var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 0) > 0 else { return nil }
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(output, &piece, piece.count)
        return count > 0 ? piece.prefix(count) : nil
    }

    private func exitStatus() -> Int32? {
        var status: Int32 = 0
        return waitpid(pid, &status, WNOHANG) == 0 ? nil : status
    }

    /// Ends the command and what it started.
    private func end() {
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}
