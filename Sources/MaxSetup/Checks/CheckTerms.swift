internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// What a setup that is driven on grants its calls: the time until which all of them are over, and a place to tell of them.
struct CheckTerms: Sendable {
    /// The number of the check among those under way.
    let check: Int
    let end: ContinuousClock.Instant
    /// The whole time there was.
    let patience: Duration

    /// Creates terms under which the time begins now.
    init(_ check: Int, patience: Duration) {
        (self.check, self.patience) = (check, patience)
        end = .now + patience
    }

    /// When what is only proven has to be over, so that there is time left to store what was found.
    var proofEnd: ContinuousClock.Instant { end - min(.seconds(1), patience / 10) }

    /// Runs `work` until the time is over, or until somebody ends the setup.
    ///
    /// - Throws: `problem` when the time is over first; ``MaxCore/MaxError`` with code `setup_ended`.
    func bound<Result: Sendable>(
        until stop: AsyncStream<Void>, otherwise problem: Problem,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask { [end] in
                try await Task.sleep(until: end, clock: .continuous)
                throw problem
            }
            group.addTask {
                for await _ in stop {}
                try Task.checkCancellation()
                throw MaxError(
                    .setupEnded, "This setup was cancelled while it was checked.",
                    fix: "Begin a new one with max connect.")
            }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

/// What came of asking a provider.
struct CheckOutcome: Sendable {
    let finding: FlowFinding
    var ladder: Ladder?
    var triesLeft: Int?

    /// The state after a call came to this; the ladder is that of the check alone, not of the lists after it.
    func state(after call: FlowCall, _ state: FlowState, _ machine: FlowMachine) -> FlowState {
        var next = machine.record(finding, of: call, in: state)
        next.triesLeft = triesLeft
        switch (call, finding) {
        case (.check, .privateHost): next.ladder = nil
        case (.check, _): next.ladder = ladder
        case (.options, _), (.custom, _): break
        }
        return next
    }
}

extension LadderRecorder {
    /// Notes what a check came to.
    func end(_ finding: FlowFinding) {
        switch finding {
        case .account: end(on: .identity, nil)
        case .problem(let problem): end(on: nil, problem)
        case .options, .additions, .privateHost: end(on: nil, nil)
        }
    }
}
