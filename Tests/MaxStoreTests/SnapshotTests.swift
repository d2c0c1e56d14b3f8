internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct SnapshotTests {
    private func empty() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-restored-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Copies a store into a folder of its own and opens it there.
    private func moved(
        _ bench: RunBench, withRecords: Bool = true, _ check: (SQLiteStore) async throws -> Void
    ) async throws {
        let folder = try empty()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await bench.store.snapshot(to: SQLiteStore.draft(in: folder), withRecords: withRecords)
        try SQLiteStore.adoptDraft(in: folder)
        let store = try SQLiteStore(folder: folder)
        defer { store.close() }
        try await check(store)
        #expect(!FileManager.default.fileExists(atPath: SQLiteStore.draft(in: folder)))
    }

    @Test func `a copy has everything of one moment`() async throws {
        try await RunBench.with { bench in
            _ = try await bench.finish(bench.take().lease)
            try await moved(bench) { copy async throws in
                #expect(try await copy.connections() == bench.store.connections())
                #expect(try await copy.runs(of: nil, limit: 99) == bench.store.runs(of: nil, limit: 99))
                #expect(try await copy.tallies() == bench.store.tallies())
                #expect(try await copy.syncStandings(of: nil) == bench.store.syncStandings(of: nil))
            }
        }
    }

    @Test func `a copy without records has the connections, and nothing that was collected`() async throws {
        try await RunBench.with { bench in
            _ = try await bench.finish(bench.take().lease)
            try await moved(bench, withRecords: false) { copy async throws in
                #expect(try await copy.connections() == bench.store.connections())
                #expect(try await copy.tallies() == [])
            }
        }
    }

    @Test func `is not put in the place of a database that is there`() async throws {
        try await RunBench.with { bench in
            let folder = bench.folder
            try await bench.store.snapshot(to: SQLiteStore.draft(in: folder), withRecords: true)
            let error = #expect(throws: MaxError.self) { try SQLiteStore.adoptDraft(in: folder) }
            #expect(error?.code == "project_in_use")
        }
    }

    @Test func `refuses a draft that is damaged or of a newer version`() async throws {
        try await RunBench.with { bench in
            let folder = try empty()
            defer { try? FileManager.default.removeItem(at: folder) }
            let draft = SQLiteStore.draft(in: folder)
            try await bench.store.snapshot(to: draft, withRecords: true)
            let newer = try DatabaseQueue(path: draft)
            try await newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2099-01-01 wings')") }
            try newer.close()
            let refused = #expect(throws: MaxError.self) { try SQLiteStore.adoptDraft(in: folder) }
            #expect(refused?.code == "database_newer")
            try Data("SQLite format 3\0 and nothing more".utf8).write(to: URL(filePath: draft))
            #expect(throws: MaxError.self) { try SQLiteStore.adoptDraft(in: folder) }
            #expect(!SQLiteStore.exists(in: folder))
        }
    }
}
