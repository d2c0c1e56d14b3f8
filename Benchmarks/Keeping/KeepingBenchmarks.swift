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
            "how 10,000 connections are", beside: "smallest write of the store", target: .median(.milliseconds(50))
        ) {
            try await Workbench.using { try await verdicts(in: $0) }
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

    /// Asks for all of them, each time after a write, so that nothing known from before will do.
    private static func verdicts(in bench: Workbench) async throws -> Measurement {
        try await bench.store.addConnections(many)
        for run in try await bench.store.openRuns(limit: many) {
            _ = try await bench.store.requestCancel(run.id, at: .now)
        }
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
