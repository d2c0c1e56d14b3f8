internal import Glibc

/// The loop that waits for bytes and signals, on a thread that may block, and tells what they mean.
struct TerminalReader: Sendable {
    /// Wakes the reader to end it; signals wake it with their own number.
    static let stop: UInt8 = 0

    /// How long an Escape waits for the rest of a sequence, in milliseconds.
    private static let escapeDelay: Int32 = 50

    let session: TerminalSession
    let events: AsyncStream<TerminalEvent>.Continuation
    var decoder: KeyDecoder
    var readsInput: Bool

    /// Waits and tells until it is stopped; gives the decoder back with what is begun.
    mutating func run() -> KeyDecoder {
        while true {
            var wake = pollfd(fd: session.wake.read, events: Int16(POLLIN), revents: 0)
            var input = pollfd(fd: readsInput ? session.terminal.input : -1, events: Int16(POLLIN), revents: 0)
            let ready = waitForEither(&wake, &input)
            if ready == 0 { tell(decoder.flush()) }
            guard ready > 0 else { continue }
            if wake.revents != 0, !takeSignals() { return decoder }
            if input.revents != 0 { takeInput() }
        }
    }

    private func waitForEither(_ wake: inout pollfd, _ input: inout pollfd) -> Int32 {
        var both = [wake, input]
        let ready = poll(&both, 2, decoder.isUndecided ? Self.escapeDelay : -1)
        (wake, input) = (both[0], both[1])
        return ready
    }

    /// Reads the numbers of signals that came; false when it is time to stop.
    private func takeSignals() -> Bool {
        for byte in read(session.wake.read, upTo: 64) ?? [] {
            switch Int32(byte) {
            case Int32(Self.stop): return false
            case SIGINT: events.yield(.interrupted)
            case SIGWINCH: events.yield(.resized)
            case SIGTSTP:
                session.suspend()
                events.yield(.resumed)
            case SIGCONT:
                session.enter()
                events.yield(.resumed)
            default: break
            }
        }
        return true
    }

    private mutating func takeInput() {
        guard let bytes = read(session.terminal.input, upTo: 65_536) else { return }
        if bytes.isEmpty {
            readsInput = false
            events.yield(.closed)
        }
        tell(decoder.decode(bytes))
    }

    /// Passes keys on; those that mean a signal are sent to the process group, as the terminal itself does.
    private func tell(_ keys: [Key]) {
        for key in keys {
            switch key {
            case .control("c"): kill(0, SIGINT)
            case .control("z"): kill(0, SIGTSTP)
            case .control("\\"): kill(0, SIGQUIT)
            default: events.yield(.key(key))
            }
        }
    }

    /// Reads what is there; empty at the end of input, nil when there is nothing after all.
    private func read(_ descriptor: Int32, upTo count: Int) -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            let result = Glibc.read(descriptor, buffer.baseAddress, count)
            failure = result < 0 ? errno : 0
            used = max(0, result)
        }
        return failure == EINTR || failure == EAGAIN ? nil : bytes
    }
}
