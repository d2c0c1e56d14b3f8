internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxVault

extension Trial {
    /// Collects well and with most faults, and looks for the secrets in what is told, asked and stored.
    func checkSyncCanaries() async throws {
        guard !script.account.isEmpty else { return }
        let sweep = CanarySweep(script.secrets)
        // The last one ends all further syncs, so that it has to be the last.
        let faults: [ProviderFault] = [.serverFault, .garbage, .html, .scopeMissing, .wrongSecret]
        try await Workplace.onDisk(BenchClock(isRunning: true)) { place in
            try await collect(at: place) { bench in
                let connection = try await bench.setup.connect()
                _ = try await bench.syncWhole(connection)
                for fault in faults {
                    try await bench.meet(fault, connection)
                    _ = try await bench.sync(connection, .everything)
                }
                try await requireClean(bench, connection, sweep)
            }
        }
    }

    private func requireClean(_ bench: CollectionBench, _ connection: Connection, _ sweep: CanarySweep) async throws {
        try await bench.setup.vault.flush()
        var leaks = bench.setup.evidence.take().flatMap { sweep.leaks(in: $0.text, of: $0.place) }
        leaks += bench.setup.requests.lines.flatMap { sweep.leaks(in: $0, of: "a request's address or headers") }
        for (ref, content) in try await bench.snapshot(of: connection).records {
            leaks += sweep.leaks(in: "\(ref) \(content)", of: "the record \(ref.entity)")
        }
        leaks += try bench.setup.workplace.folder.map { try sweep.leaks(under: $0) } ?? []
        let found = Set(leaks.map(\.description)).sorted().joined(separator: "; ")
        try require(leaks.isEmpty, expected: "no secret outside the vault", found: found)
    }
}
