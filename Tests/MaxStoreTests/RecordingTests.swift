internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What is recorded is bounded, and goes with what it is of.
struct RecordingTests {
    private func part(_ count: Int, from first: Int = 0) -> RecordedPart {
        RecordedPart(
            events: (first..<first + count).map { number in
                var event = RecordedEvent(.call, "tasks.list", at: noon + Double(number))
                event.count = number
                return event
            })
    }

    private func number(_ bench: RunBench, _ sql: String) async throws -> Int { try await bench.value(sql) ?? -1 }

    @Test func `what steps bring along is stored with them, and read again in its order`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let task = try await bench.task(lease)
            var step = TaskStep.page(task, .next(cursor: "c"), notes: ["n1"])
            step.recorded = part(3)
            try await bench.commit(lease, step)
            let recording = try #require(try await bench.otherProcess().recording(of: lease.run.rawValue))
            #expect(recording.events == part(3).events && recording.lost == 0)
            #expect(recording.key == RecordingKey(lease.run, of: .one))
        }
    }

    @Test func `a commit that stores nothing records nothing`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            var step = TaskStep.page(try await bench.task(lease), .done(isWhole: true), notes: []).with {
                $0.records = [.unknown]
            }
            step.recorded = part(3)
            let whole = step
            #expect(await refusal { _ = try await bench.commit(lease, whole) } == .entityUnknown)
            #expect(try await bench.store.recording(of: lease.run.rawValue) == nil)
        }
    }

    @Test func `the oldest goes where a recording becomes too long, and is counted`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let key = RecordingKey(lease.run, of: .one)
            for round in 0..<100 { try await bench.store.record(part(20, from: round * 20), as: key, at: noon) }
            let recording = try #require(try await bench.store.recording(of: lease.run.rawValue))
            #expect(recording.lost > 0 && recording.lost + recording.events.count == 2000)
            #expect(recording.events.last?.count == 1999)
            let bytes = try await number(
                bench, "SELECT sum(length(CAST(text AS BLOB))) FROM recording_part")
            #expect(bytes <= Recording.limit)
            #expect(try await number(bench, "SELECT bytes FROM recording") == bytes)
        }
    }

    @Test func `a connection keeps its newest recordings only`() async throws {
        try await RunBench.with { bench in
            var ids: [String] = []
            for _ in 0..<Recording.mostOfConnection + 5 {
                let lease = try await bench.take().lease
                try await bench.store.record(part(1), as: RecordingKey(lease.run, of: .one), at: noon)
                ids.append(lease.run.rawValue)
                try await bench.finish(lease)
            }
            let kept = try await bench.store.recorded(of: .one, limit: 1000).map(\.subject)
            #expect(kept == ids.suffix(Recording.mostOfConnection).reversed())
            #expect(try await bench.store.recorded(beginningWith: "run_", limit: 3).count == 3)
            #expect(try await bench.store.recorded(beginningWith: "%", limit: 3) == [])
        }
    }

    @Test func `nothing is left of an erased connection, and nothing comes back`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let key = RecordingKey(lease.run, of: .one)
            try await bench.store.record(part(3), as: key, at: noon)
            try await bench.store.erase(.one, at: noon)
            try await bench.store.record(part(3), as: key, at: noon)
            #expect(try await bench.store.recording(of: lease.run.rawValue) == nil)
            #expect(try await number(bench, "SELECT count(*) FROM recording_part") == 0)
        }
    }

    @Test func `of setups that came to nothing the newest are kept`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let names = (0...Recording.mostAbandoned).map { "set_\($0)" }
            for name in names {
                let session = SetupSession.sample(name, for: ConnectionID(rawValue: "con_\(name)"))
                try await store.insert(session)
                try await store.discard(session.id)
                try await store.record(part(1), as: RecordingKey(session.id, of: session.connection), at: noon)
            }
            #expect(try await store.recording(of: names[0]) == nil)
            for name in names.dropFirst() { #expect(try await store.recording(of: name) != nil) }
        }
    }

    @Test func `the audit keeps its newest lines only`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.writer.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO audit (id, at, action, purpose, count) VALUES
                            (1, '2026-01-01T00:00:00.000Z', 'open', 'old', 1),
                            (?, '2026-01-01T00:00:00.000Z', 'open', 'kept', 1)
                        """, arguments: [auditLimit])
            }
            try await store.audit([AuditEntry(at: noon, action: .open, connection: nil, field: nil, purpose: "new")])
            #expect(try await store.auditTrail(limit: 9).map(\.purpose) == ["new", "kept"])
        }
    }

    @Test func `a store in order has no faults`() async throws {
        try await RunBench.with { bench in
            let condition = try await bench.store.inspect()
            #expect(condition.faults == 0 && condition.bytes > 0)
            #expect(condition.changes.last == Schema.migrator.migrations.last)
        }
    }
}
