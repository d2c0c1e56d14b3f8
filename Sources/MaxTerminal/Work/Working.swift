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
    /// Shows one calm line while `work` runs, and takes it away when it ends.
    ///
    /// Ctrl-C cancels the work and throws `TerminalError.cancelled` when it has stopped; a second one ends the process.
    /// Without a terminal that moves its cursor this is one plain line.
    package func working<Value: Sendable>(
        _ text: String, _ work: @escaping @Sendable (WorkingLine) async throws -> Value
    ) async throws -> Value {
        let line = WorkingLine(text)
        guard isLive || isInteractive else {
            say(text)
            return try await work(line)
        }
        let value = try await TerminalSession.run(on: self, mode: .deaf) { events throws(any Error) in
            try await race(line, work, events)
        }
        // Within other work that already has a line.
        guard let value else { return try await work(line) }
        return value
    }

    /// Lets the work, the line and Ctrl-C run side by side until one of them ends it.
    private func race<Value: Sendable>(
        _ line: WorkingLine, _ work: @escaping @Sendable (WorkingLine) async throws -> Value, _ events: TerminalEvents
    ) async throws -> Value {
        if !isLive { say(line.current) }
        defer { if isLive { write("\r\u{1B}[J", to: output) } }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work(line) }
            if isLive { group.addTask { try await spin(line) } }
            group.addTask { try await waitForInterrupt(events) }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw TerminalError.cancelled
        }
    }

    /// Throws on Ctrl-C; from then on another one does not wait for the work.
    private func waitForInterrupt<Value>(_ events: TerminalEvents) async throws -> Value? {
        do throws(TerminalError) {
            while true { _ = try await events.next() }
        } catch {
            if !Task.isCancelled {
                SignalGuard.makeInterruptFatal()
                if isLive { write("\r\u{1B}[J" + style.render("\("Stopping…", .dim)"), to: output) }
            }
            throw error
        }
    }

    /// Draws the line a few times a second, beginning after a moment: what is quick shows nothing at all.
    private func spin<Value>(_ line: WorkingLine) async throws -> Value? {
        try await Task.sleep(for: .milliseconds(150))
        for turn in 0... {
            let mark = Self.marks[turn % Self.marks.count]
            let screen: StyledText = "\(mark, .accent) \(line.current)"
            write("\r\u{1B}[J" + style.render(screen.truncated(to: width - 1)), to: output)
            try await Task.sleep(for: .milliseconds(250))
        }
        return nil
    }

    private static let marks = ["◐", "◓", "◑", "◒"]
}
