internal import Synchronization

/// What happens to a live block from outside.
private final class LiveEvents: Sendable {
    private let state = Mutex((isStopping: false, isLost: false))

    var isStopping: Bool { state.withLock(\.isStopping) }

    func stop() { state.withLock { $0.isStopping = true } }

    func lose() { state.withLock { $0.isLost = true } }

    /// Whether what was drawn is where it was; asking forgets.
    func takeLoss() -> Bool {
        state.withLock { state in
            defer { state.isLost = false }
            return state.isLost
        }
    }
}

extension Terminal {
    /// The lines of a live block; told whether the work was asked to stop.
    package typealias Picture = @Sendable (_ isStopping: Bool) async -> [StyledText]

    /// Shows what `picture` gives while `work` runs, four times a second and in place, and leaves the last of it
    /// standing.
    ///
    /// Ctrl-C cancels the work, and what that gives then is the result; a second one ends the process. Without a
    /// terminal that moves its cursor nothing is shown and nothing is caught.
    package func live<Value: Sendable>(
        _ picture: @escaping Picture, while work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard isLive else { return try await work() }
        let outcome = await TerminalSession.run(on: self, mode: .deaf) { events throws(Never) in
            await show(picture, while: work, events)
        }
        // Within other work that has the terminal already.
        guard let outcome else { return try await work() }
        return try outcome.get()
    }

    private func show<Value: Sendable>(
        _ picture: @escaping Picture, while work: @escaping @Sendable () async throws -> Value, _ events: TerminalEvents
    ) async -> Result<Value, any Error> {
        let news = LiveEvents()
        let (outcome, block) = await withTaskGroup(of: Shown<Value>.self) { group in
            group.addTask { .ended(await finish(work, events, news)) }
            group.addTask { .drawn(await draw(picture, news)) }
            var outcome: Result<Value, any Error> = .failure(TerminalError.cancelled)
            var block = LiveBlock(self)
            for await part in group {
                switch part {
                case .ended(let ended):
                    outcome = ended
                    group.cancelAll()
                case .drawn(let last): block = last
                }
            }
            return (outcome, block)
        }
        var last = block
        if news.takeLoss() { last.lose() }
        last.settle(await picture(false))
        return outcome
    }

    /// Draws until the task is cancelled, beginning after a moment: what is quick is seen once, when it is over.
    private func draw(_ picture: Picture, _ news: LiveEvents) async -> LiveBlock {
        var block = LiveBlock(self)
        try? await Task.sleep(for: .milliseconds(100))
        while !Task.isCancelled {
            let lines = await picture(news.isStopping)
            if news.takeLoss() { block.lose() }
            block.draw(lines)
            try? await Task.sleep(for: .milliseconds(250))
        }
        return block
    }

    /// Lets the work run to its end, which Ctrl-C makes come sooner.
    private func finish<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value, _ events: TerminalEvents, _ news: LiveEvents
    ) async -> Result<Value, any Error> {
        await withTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                do { return .success(try await work()) } catch { return .failure(error) }
            }
            group.addTask {
                await waitForInterrupt(events, news)
                return nil
            }
            for await ended in group {
                group.cancelAll()
                if let ended { return ended }
            }
            return .failure(TerminalError.cancelled)
        }
    }

    /// Returns on Ctrl-C; from then on another one does not wait for the work.
    private func waitForInterrupt(_ events: TerminalEvents, _ news: LiveEvents) async {
        do throws(TerminalError) {
            while true {
                if case .resumed = try await events.next() { news.lose() }
            }
        } catch {
            if Task.isCancelled { return }
            SignalGuard.makeInterruptFatal()
            news.stop()
        }
    }
}

/// What one of the two sides of a live block came to.
private enum Shown<Value: Sendable>: Sendable {
    case ended(Result<Value, any Error>)
    case drawn(LiveBlock)
}
