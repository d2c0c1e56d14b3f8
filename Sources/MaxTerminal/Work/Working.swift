internal import Synchronization

/// The line that tells how a piece of work goes on; may be changed from anywhere, at any rate.
package final class WorkingLine: Sendable {
    private let text: Mutex<String>

    fileprivate init(_ text: String) {
        self.text = Mutex(text)
    }

    /// Says something new: "Syncing: 1,240 records".
    package func update(_ text: String) {
        self.text.withLock { $0 = text }
    }

    fileprivate var current: String {
        text.withLock { $0 }
    }
}

extension Terminal {
    /// Shows one calm line while `work` runs, with those of a picture below it, and takes them away when it ends.
    ///
    /// Ctrl-C cancels the work and throws `TerminalError.cancelled` when it has stopped; a second one ends the process.
    /// Without a terminal that moves its cursor this is one plain line.
    package func working<Value: Sendable>(
        _ text: String, below picture: @escaping @Sendable () -> [StyledText] = { [] },
        _ work: @escaping @Sendable (WorkingLine) async throws -> Value
    ) async throws -> Value {
        let line = WorkingLine(text)
        guard isLive || isInteractive else {
            say(text)
            return try await work(line)
        }
        let value = try await TerminalSession.run(on: self, mode: .deaf) { events throws(any Error) in
            try await race(line, picture, work, events)
        }
        // Within other work that already has a line.
        guard let value else { return try await work(line) }
        return value
    }

    /// Lets the work, the line and Ctrl-C run side by side until one of them ends it.
    private func race<Value: Sendable>(
        _ line: WorkingLine, _ picture: @escaping @Sendable () -> [StyledText],
        _ work: @escaping @Sendable (WorkingLine) async throws -> Value, _ events: TerminalEvents
    ) async throws -> Value {
        if !isLive { say(line.current) }
        let block = WorkingBlock(self)
        defer { if isLive { block.clear() } }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work(line) }
            if isLive { group.addTask { try await spin(line, picture, on: block) } }
            group.addTask { try await waitForInterrupt(events, block) }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw TerminalError.cancelled
        }
    }

    /// Throws on Ctrl-C; from then on another one does not wait for the work.
    private func waitForInterrupt<Value>(
        _ events: TerminalEvents, _ block: WorkingBlock
    ) async throws -> Value? {
        do throws(TerminalError) {
            while true {
                if case .resumed = try await events.next() { block.lose() }
            }
        } catch {
            if !Task.isCancelled {
                SignalGuard.makeInterruptFatal()
                if isLive { block.stop() }
            }
            throw error
        }
    }

    /// Draws the line a few times a second, beginning after a moment: what is quick shows nothing at all.
    private func spin<Value>(
        _ line: WorkingLine, _ picture: @Sendable () -> [StyledText], on block: WorkingBlock
    ) async throws -> Value? {
        try await Task.sleep(for: .milliseconds(150))
        for turn in 0... {
            let mark = Self.marks[turn % Self.marks.count]
            block.draw(["\(mark, .accent) \(line.current)"] + picture())
            try await Task.sleep(for: .milliseconds(250))
        }
        return nil
    }

    private static let marks = ["◐", "◓", "◑", "◒"]
}

/// The lines of work under way, until it was asked to stop.
private final class WorkingBlock: Sendable {
    private let state: Mutex<(block: LiveBlock, isStopping: Bool)>

    init(_ terminal: Terminal) { state = Mutex((LiveBlock(terminal), false)) }

    func draw(_ lines: [StyledText]) { state.withLock { if !$0.isStopping { $0.block.draw(lines) } } }

    /// Says that it stops, and nothing after it.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.block.draw(["\("Stopping…", .dim)"])
        }
    }

    /// Draws from the line that the cursor is on from now on.
    func lose() { state.withLock { $0.block.lose() } }

    /// Takes the lines away.
    func clear() { state.withLock { $0.block.clear() } }
}
