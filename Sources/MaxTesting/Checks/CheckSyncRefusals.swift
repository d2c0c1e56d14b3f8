internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSync
internal import Synchronization

extension Trial {
    /// Checks that a refused credential ends the sync at once, that the next one does not even ask, and that all goes on
    /// when the owner has replaced it.
    func checkRefusedCredential() async throws {
        guard !script.account.isEmpty else { return }
        try await collect { bench, connection in
            let witness = RefusalWitness(bench.outbound)
            try await bench.meet(.revoked, connection)
            try requireRefused(try await bench.sync(connection))
            let calls = bench.outbound.calls
            try require(
                witness.callsAtRefusal == calls, expected: "not one call after the refusal",
                found: witness.callsAtRefusal.map { "\(calls - $0)" } ?? "no refusal")
            try requireRefused(try await bench.sync(connection))
            let more = bench.outbound.calls - calls
            try require(more == 0, expected: "nobody to be asked by the next sync", found: "\(more) requests")
            try await bench.reconnect(connection)
            _ = try await bench.syncWhole(connection)
        }
    }

    /// Checks a credential that is revoked when half of the requests are answered.
    func checkRevocationInTheMiddle() async throws {
        guard !script.account.isEmpty else { return }
        let whole = try await collect { try await $0.firstSync($1) }
        // With few requests all of them may be on their way before the middle: then it is revoked from the beginning.
        for good in [whole.calls / 2, 0] {
            if try await wasRevoked(after: good, whole) { return }
        }
        throw Shortfall(expected: "a revoked credential to be refused", found: "a complete sync")
    }

    private func wasRevoked(after good: Int, _ whole: FirstSync) async throws -> Bool {
        try await collect { bench, connection in
            if good == 0 { try await bench.meet(.revoked, connection) }
            let answers = Mutex(0)
            bench.outbound.watch.tell { problem in
                let answered = answers.withLock { count in
                    count += problem == nil ? 1 : 0
                    return count
                }
                if problem == nil, answered == good { try await bench.meet(.revoked, connection) }
            }
            let run = try await bench.sync(connection)
            if run.state == .complete { return false }
            bench.outbound.watch.tell(nil)
            try requireRefused(run)
            let kept = try await bench.snapshot(of: connection)
            let (told, stored) = (run.progress.counts.values.reduce(0) { $0 + $1.added }, kept.records.count)
            try require(stored >= told, expected: "the \(told) records that came", found: "\(stored)")
            try await bench.reconnect(connection)
            _ = try await bench.syncWhole(connection)
            let difference = try await bench.snapshot(of: connection).difference(from: whole.snapshot)
            try require(difference == nil, expected: "the same records as undisturbed", found: difference ?? "")
            return true
        }
    }

    /// Checks a credential that is accepted and permits nothing.
    func checkSyncWithoutScope() async throws {
        guard !script.account.isEmpty else { return }
        try await collect { bench, connection in
            try await bench.meet(.scopeMissing, connection)
            let run = try await bench.sync(connection)
            try require(
                run.state == .failed || run.state == .partial, expected: "a sync that failed", found: run.words)
            try requireOwner(run)
            let stored = try await bench.snapshot(of: connection).records.count
            try require(stored == 0, expected: "no record", found: "\(stored)")
            try await bench.recover(connection)
            _ = try await bench.syncWhole(connection)
        }
    }

    /// Checks a credential that is refused now and then: what is taken back at once is nothing that the owner has to mend,
    /// and nobody asks for ever.
    func checkPassingRefusal() async throws {
        guard !script.account.isEmpty else { return }
        let whole = try await collect { try await $0.firstSync($1) }
        let terms = CollectionBench.Terms()
        try await collect(on: terms) { bench, connection in
            try await bench.meet(.flapping, connection)
            let before = bench.outbound.calls
            let run = try await bench.sync(connection)
            let (calls, most) = (bench.outbound.calls - before, 2 * terms.limits.attempts * max(1, whole.calls))
            try require(run.state != .failed, expected: "a sync that goes on", found: run.words)
            let problem = run.ending?.problem ?? run.ending?.missing.first?.problem
            try require(problem?.kind != .auth, expected: "nothing for the owner to mend", found: run.words)
            try require(calls <= most, expected: "\(most) requests at most", found: "\(calls)")
            try await bench.recover(connection)
            _ = try await bench.syncWhole(connection)
            let difference = try await bench.snapshot(of: connection).difference(from: whole.snapshot)
            try require(difference == nil, expected: "the same records as undisturbed", found: difference ?? "")
        }
    }

    private func requireRefused(_ run: Run) throws {
        try require(run.state == .failed, expected: "a failed sync", found: run.words)
        try requireOwner(run)
    }

    /// Holds a sync to have ended with something that its owner has to do, in the provider's name.
    private func requireOwner(_ run: Run) throws {
        let problem = run.ending?.problem
        try require(problem?.kind == .auth, expected: "a problem that the owner has to mend", found: run.words)
        let provider = connector.about.displayName
        try require(
            problem?.sentence?.contains(provider) == true, expected: "a sentence with \(provider) in it",
            found: run.words)
    }
}

/// Somebody who notes how many requests had left the house when the credential was first refused.
private final class RefusalWitness: Sendable {
    private let calls = Mutex<Int?>(nil)

    var callsAtRefusal: Int? { calls.withLock { $0 } }

    init(_ outbound: WatchedOutbound) {
        outbound.watch.tell { [weak self] problem in
            guard problem?.kind == .auth, problem?.rung == .signIn else { return }
            self?.calls.withLock { $0 = $0 ?? outbound.calls }
        }
    }
}
