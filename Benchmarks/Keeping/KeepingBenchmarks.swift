internal import AcmeConnector
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHTTP
internal import MaxHub
internal import MaxStore
internal import MaxVault

extension SQLiteStore: ProjectRows, CollectedRows {}

extension Benchmark {
    private static let many = 10_000
    /// In bytes.
    private static let large = 1_000_000_000

    /// What keeps connections true: how they are, their syncs when it is time, a copy of everything.
    static let keeping = [
        Benchmark(
            "health of 10,000 connections", beside: "smallest write of the store", target: .median(.milliseconds(50))
        ) {
            try await Workbench.using { try await verdicts(in: $0) }
        },
        Benchmark("… with all facts read anew", beside: "smallest write of the store") {
            try await Workbench.using { try await reports(in: $0) }
        },
        Benchmark("sign-in while 1,000 are due", beside: "/healthz", target: .p95(.milliseconds(100))) {
            try await DueCrowd.with { try await $0.signIns() }
        },
        Benchmark(
            "questions of a setup while 1,000 are due", beside: "/healthz", target: .p95(.milliseconds(100))
        ) {
            try await DueCrowd.with { try await $0.setups() }
        },
        Benchmark("backup of 1 GB, in MB", beside: "copy of the database", target: .pace(100)) {
            try await withScratchFolder { try await backups(in: $0) }
        },
    ]

    /// Judges all of them by facts that are known.
    private static func verdicts(in bench: Workbench) async throws -> Measurement {
        try await bench.store.addIdleConnections(many)
        let standings = Dictionary(
            uniqueKeysWithValues: try await bench.store.syncStandings(of: nil).map { ($0.connection, $0) })
        let runs = try await bench.store.standingRuns(of: nil)
        let facts = try await bench.store.connections().map { connection in
            ConnectionFacts(
                connection, lock: nil, runs: runs[connection.id] ?? [], records: 155,
                standing: standings[connection.id])
        }
        let now = Date.now
        return try await Measurement(20, warmUp: 2) {
            timeOfCall { facts.count { ConnectionHealth.project($0, at: now).headline == .active } }
        } reference: {
            try await time { try await bench.store.writeLittle() }
        }
    }

    /// Asks for all of them, each time after a write, so that nothing known from before will do.
    private static func reports(in bench: Workbench) async throws -> Measurement {
        try await bench.store.addIdleConnections(many)
        let outbound = Outbound()
        let engines = Engines(
            registry: ConnectorRegistry([.init("acme") { AcmeConnector.acme }]), rows: bench.store, store: bench.store,
            vault: bench.vault, upstreams: outbound, sandboxes: NoSandboxes(), surroundings: .real)
        let measurement = try await Measurement(20, warmUp: 2) {
            try await bench.store.writeLittle()
            return try await time { _ = try await engines.cards() }
        } reference: {
            try await time { try await bench.store.writeLittle() }
        }
        await outbound.shutdown()
        return measurement
    }

    private static func backups(in folder: URL) async throws -> Measurement {
        let bench = try Workbench(privateFolder: folder.appending(path: ".max"))
        try await bench.store.fill(with: large)
        let database = folder.appending(path: ".max/max.db")
        let size = try FileManager.default.attributesOfItem(atPath: database.path)[.size] as? Int ?? 0
        let target = folder.appending(path: "house.backup")
        return try await Measurement(3, of: size / 1_000_000) {
            defer { try? FileManager.default.removeItem(at: target) }
            return try await time { try await bench.backUp(to: target) }
        } reference: {
            defer { try? FileManager.default.removeItem(at: target) }
            return try await time { try FileManager.default.copyItem(at: database, to: target) }
        }
    }
}

extension Workbench {
    /// Writes a backup as `max backup` does.
    fileprivate func backUp(to target: URL) async throws {
        let vault = vault
        try await store.withSnapshot(withRecords: true) { copy in
            try await BackupFile(target.path).write(
                copy, ring: try await vault.ringText(), hasRecords: true,
                passphrase: SecretValue("a passphrase for measuring"), at: .now)
        }
    }
}

extension SQLiteStore {
    /// Adds connections whose first syncs were stopped.
    fileprivate func addIdleConnections(_ count: Int) async throws {
        try await addConnections(count)
        for run in try await openRuns(limit: count) { _ = try await requestCancel(run.id, at: .now) }
    }

    /// Stores records of 100 KB until they are that many bytes.
    fileprivate func fill(with bytes: Int) async throws {
        try await addConnections(1)
        guard let connection = try await connections().first?.id else { return }
        try await prepare(StoringPass.schema, of: "bench")
        let (length, batch) = (100_000, 100)
        for first in stride(from: 0, to: bytes / length, by: batch) {
            let records = (first..<first + batch).map { number in
                let letter = UInt8(ascii: "a") + UInt8(number % 26)
                let text = String(decoding: [UInt8](repeating: letter, count: length), as: UTF8.self)
                return Record(BenchRecord.self, id: "large_\(number)", ["data": .string(text)])
            }
            _ = try await write(records, of: connection, at: .now)
        }
    }
}
