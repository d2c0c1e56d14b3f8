internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// A process that is not the run's any more writes nothing.
struct RunFencingTests {
    @Test(arguments: Write.allCases, Loss.allCases)
    func `refuses`(write: Write, after loss: Loss) async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let task = try await bench.task(lease)
            try await loss.happen(on: bench, lease)
            let before = try await bench.everything()
            #expect(await refusal { try await write.perform(on: bench.store, lease, task) } == .leaseLost)
            #expect(try await bench.everything() == before)
        }
    }

    @Test(arguments: Write.allCases)
    func `whoever has the lease may`(write: Write) async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let task = try await bench.task(lease)
            #expect(await refusal { try await write.perform(on: bench.store, lease, task) } == nil)
        }
    }

    @Test func `nothing of an erased connection is left, and its process writes nothing after that`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"), .list("f2"), everything: true)
            let tasks = try await bench.tasks(lease)
            let step = TaskStep.page(tasks[0], .next(cursor: "c1"), notes: ["n1"]).with {
                $0.memo = PageMemo(validator: "v", cursor: nil, next: "c1", total: 1, records: 1)
                $0.resume = "later"
            }
            try await bench.commit(lease, step)
            try await bench.store.erase(.one, at: noon)
            let late = TaskStep.page(tasks[1], .done(isWhole: true), notes: ["n2"])
            #expect(await refusal { try await bench.commit(lease, late) } == .leaseLost)
            let left = ["run", "task", "sync_cursor", "page_memo", "sync_state", "TestNote"]
            for table in left {
                #expect(try await bench.value("SELECT count(*) FROM \(table)") == 0, "\(table)")
            }
        }
    }

    @Test func `a step that was stored is not stored again`() async throws {
        try await RunBench.with { bench in
            let lease = try await bench.begin(.list("f1"))
            let step = TaskStep.page(try await bench.task(lease), .next(cursor: "c1"), notes: ["n1"])
            try await bench.commit(lease, step)
            let before = try await bench.everything()
            #expect(await refusal { try await bench.commit(lease, step) } == .leaseLost)
            #expect(try await bench.everything() == before)
        }
    }

    /// What is written for a run.
    enum Write: CaseIterable {
        case begin
        case commit
        case renew
        case finish
        case tasks

        func perform(on store: SQLiteStore, _ lease: RunLease, _ task: SyncTask) async throws {
            switch self {
            case .begin: try await store.begin(lease, stages: [], spawns: [.job(.list("f9"))], everything: true)
            case .commit:
                let step = TaskStep.page(task, .done(isWhole: true), notes: ["n1"])
                _ = try await store.commit([step], under: lease, at: noon)
            case .renew: _ = try await store.renew(lease)
            case .finish:
                _ = try await store.finish(lease, .complete, RunEnding(), reconciling: ["TestNote"], at: noon)
            case .tasks: _ = try await store.tasks(of: lease, excluding: [], holding: [], at: noon, limit: 1)
            }
        }
    }

    /// How a lease is lost.
    enum Loss: CaseIterable {
        case takenOver
        case succeeded
        case finished
        case cancelled
        case revoked
        case erased
        case paused

        func happen(on bench: RunBench, _ lease: RunLease) async throws {
            let other = try bench.otherProcess()
            switch self {
            case .takenOver:
                _ = try await other.take(lease.run, as: WorkerID(rawValue: "w2"), until: noon + 90, at: noon + 31)
            case .succeeded: _ = try await bench.take(as: "w2")
            case .finished: _ = try await other.finish(lease, .complete, RunEnding(), reconciling: [], at: noon)
            case .cancelled: _ = try await other.requestCancel(lease.run, at: noon)
            case .revoked: try await other.revoke(.one, at: noon)
            case .erased: try await other.erase(.one, at: noon)
            case .paused:
                try await other.writer.write { try $0.execute(sql: "UPDATE connection SET state = 'paused'") }
            }
        }
    }
}
