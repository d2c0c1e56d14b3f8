internal import MaxHub

extension Trial {
    /// How many of the writes of a sync a process is killed at.
    private static var mostCrashes: Int { 6 }

    /// Checks that a process killed before or after a write of a first sync loses nothing and doubles nothing: the next
    /// sync brings what an undisturbed one does.
    func checkKilledSync() async throws {
        let whole = try await collect { try await $0.firstSync($1) }
        let step = max(1, whole.writes / Self.mostCrashes)
        for write in stride(from: 1, through: whole.writes, by: step) {
            for moment in PlannedCrash.Moment.allCases {
                try await checkRecovery(from: PlannedCrash(write: write, moment: moment), whole)
            }
        }
    }

    private func checkRecovery(from crash: PlannedCrash, _ whole: FirstSync) async throws {
        try await Workplace.onDisk(BenchClock(isRunning: true)) { place in
            let connection = try await collect(at: place, on: .init(crash: crash)) { bench in
                let connection = try await bench.setup.connect()
                do { _ = try await bench.sync(connection) } catch  where bench.pulse.hasStopped {}
                return connection
            }
            do {
                try await collect(at: place) { bench in
                    _ = try await bench.syncWhole(connection)
                    let difference = try await bench.snapshot(of: connection).difference(from: whole.snapshot)
                    try require(difference == nil, expected: "the same records as undisturbed", found: difference ?? "")
                }
            } catch {
                let shortfall = Shortfall(error)
                throw Shortfall(
                    at: shortfall.step, expected: shortfall.expected,
                    found: "\(shortfall.found), after the end came \(crash.moment.rawValue) write \(crash.write)")
            }
        }
    }
}
