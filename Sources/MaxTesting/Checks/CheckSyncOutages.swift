internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSync
internal import Synchronization

extension Trial {
    /// Checks that a provider which wants no requests for a while gets none, and that the sync is complete nevertheless.
    func checkRateLimit() async throws {
        try await collect { bench, connection in
            try await bench.meet(.rateLimited, connection)
            let told = Mutex<Problem?>(nil)
            bench.outbound.watch.tell { problem in
                guard let problem, told.withLock({ $0 }) == nil else { return }
                told.withLock { $0 = problem }
                try await bench.recover(connection)
            }
            let start = ContinuousClock.now
            _ = try await bench.syncWhole(connection)
            let problem = told.withLock { $0 }
            try require(
                problem?.kind == .retryable, expected: "something to try again", found: problem?.code ?? "nothing")
            let (wait, spent) = (problem?.retryAfter ?? 0, start.duration(to: .now))
            try require(spent >= .seconds(wait), expected: "\(wait) seconds to be waited", found: "\(spent)")
        }
    }

    /// Checks that a provider which answers nothing useful ends the sync in words and after a bounded number of requests,
    /// that nothing of it is stored, and that the next sync heals it.
    func checkSyncOutage(_ fault: ProviderFault) async throws {
        let whole = try await collect { try await $0.firstSync($1) }
        var terms = CollectionBench.Terms()
        if fault == .hang { (terms.limits.request, terms.limits.attempts) = (0.3, 2) }
        // A wait that is longer is the next sync's.
        if fault.isRateLimit { terms.limits.patience = 0.1 }
        try await Workplace.onDisk(BenchClock(isRunning: true)) { place in
            let (connection, wait) = try await collect(at: place, on: terms) { bench in
                let connection = try await bench.setup.connect()
                try await bench.meet(fault, connection)
                let before = bench.outbound.calls
                let run = try await bench.sync(connection)
                try requireOutage(run, by: fault)
                let (calls, most) = (bench.outbound.calls - before, terms.limits.attempts * max(1, whole.calls))
                try require(calls <= most, expected: "\(most) requests at most", found: "\(calls)")
                let stored = try await bench.snapshot(of: connection).records.count
                try require(stored == 0, expected: "no record", found: "\(stored)")
                return (connection, run.ending?.problem?.retryAfter ?? 0)
            }
            // The next sync heeds a wait as well, and this one is too long to be sat out here.
            guard wait <= Self.longestWait else { return }
            try await collect(at: place) { bench in
                try await bench.recover(connection)
                _ = try await bench.syncWhole(connection)
                let difference = try await bench.snapshot(of: connection).difference(from: whole.snapshot)
                try require(difference == nil, expected: "the same records as undisturbed", found: difference ?? "")
            }
        }
    }

    /// The longest wait that is sat out, in seconds.
    private static var longestWait: Double { 3 }

    private func requireOutage(_ run: Run, by fault: ProviderFault) throws {
        try require(
            run.state == .failed || run.state == .partial, expected: "a sync that failed", found: run.words)
        let problem = run.ending?.problem
        try require(
            problem?.sentence?.allSatisfy(\.isWhitespace) == false, expected: "a sentence for the owner",
            found: run.words)
        try require(
            problem?.kind != .auth, expected: "a problem that is not the credential's", found: run.words)
        try require(
            !fault.isRateLimit || problem?.kind == .retryable, expected: "something to try again", found: run.words)
    }
}

extension ProviderFault {
    fileprivate var isRateLimit: Bool { self == .silentlyRateLimited || self == .rateLimitedAsForbidden }
}
