internal import Dispatch
internal import Glibc
internal import Synchronization

/// The scope in which a prompt has the terminal: it begins by changing modes and handlers and ends by putting every one
/// of them back.
///
/// There is one at a time in a process.
struct TerminalSession: Sendable {
    let terminal: Terminal
    let mode: TerminalMode

    /// A pair of sockets (a pipe cannot be made close-on-exec in one step here) through which signals, and the end,
    /// wake the reader.
    let wake: (read: Int32, write: Int32)

    /// The attributes to go back to; nil where the input is no terminal.
    private let cooked: SavedAttributes?

    /// What outlives a session: whether there is one, and what was typed ahead of the next.
    private static let state = Mutex(State())

    private struct State: Sendable {
        var isOccupied = false
        var decoder = KeyDecoder()
        var typedAhead: [Key] = []

        /// Takes the terminal; false when another session has it.
        mutating func occupy() -> Bool {
            defer { isOccupied = true }
            return !isOccupied
        }
    }

    /// Whether a session has the terminal now.
    static var isActive: Bool {
        state.withLock { $0.isOccupied }
    }

    /// Runs `body` with the terminal in `mode`, and gives the terminal back however it ends.
    ///
    /// Gives nil, and runs nothing, while another session has the terminal.
    static func run<Value: Sendable, Failure: Error>(
        on terminal: Terminal, mode: TerminalMode, _ body: (TerminalEvents) async throws(Failure) -> Value
    ) async throws(Failure) -> Value? {
        guard let session = TerminalSession(terminal, mode) else { return nil }
        let queue = DispatchQueue(label: "max.terminal")
        let events = session.begin(on: queue)
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try await body(events))
        } catch {
            result = .failure(error)
        }
        await session.end(events, on: queue)
        return try result.get()
    }

    private init?(_ terminal: Terminal, _ mode: TerminalMode) {
        guard Self.state.withLock({ $0.occupy() }) else { return nil }
        var ends: [Int32] = [-1, -1]
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0 else {
            Self.state.withLock { $0.isOccupied = false }
            return nil
        }
        self.terminal = terminal
        self.mode = mode
        wake = (ends[0], ends[1])
        cooked = SavedAttributes(of: terminal.input)
    }

    /// Stops the process with the terminal as it was, and takes the terminal again when it goes on.
    func suspend() {
        write(TerminalMode.farewell(live: terminal.isLive), to: terminal.output)
        cooked?.apply(to: terminal.input)
        SignalGuard.stop()
        enter()
    }

    private func begin(on queue: DispatchQueue) -> TerminalEvents {
        let (stream, continuation) = AsyncStream.makeStream(of: TerminalEvent.self)
        let isAsking = if case .deaf = mode { false } else { true }
        let decoder = Self.state.withLock { state in
            if isAsking {
                for key in state.typedAhead { continuation.yield(.key(key)) }
                state.typedAhead = []
            }
            return state.decoder
        }
        SignalGuard.begin(
            input: terminal.input, output: terminal.output, cooked: cooked?.attributes, wake: wake.write,
            farewell: TerminalMode.farewell(live: terminal.isLive))
        enter()
        let reader = TerminalReader(session: self, events: continuation, decoder: decoder, readsInput: isAsking)
        queue.async {
            var reader = reader
            let decoder = reader.run()
            Self.state.withLock { $0.decoder = decoder }
            continuation.finish()
        }
        return TerminalEvents(stream: stream, continuation: continuation)
    }

    private func end(_ events: TerminalEvents, on queue: DispatchQueue) async {
        _ = withUnsafePointer(to: TerminalReader.stop) { Glibc.write(wake.write, $0, 1) }
        // Behind the reader on its queue, so that this waits for it even in a cancelled task.
        await withCheckedContinuation { done in queue.async { done.resume() } }
        write(TerminalMode.parting(live: terminal.isLive), to: terminal.output)
        if case .deaf = mode { tcflush(terminal.input, TCIFLUSH) }
        cooked?.apply(to: terminal.input)
        SignalGuard.end()
        close(wake.read)
        close(wake.write)
        let left = await events.remainingKeys()
        Self.state.withLock { state in
            state.typedAhead = left
            state.isOccupied = false
        }
    }

    /// Takes the terminal: at the beginning, and again after something else had it.
    func enter() {
        if let cooked { SavedAttributes(mode.attributes(from: cooked.attributes)).apply(to: terminal.input) }
        write(mode.greeting(live: terminal.isLive), to: terminal.output)
    }
}
