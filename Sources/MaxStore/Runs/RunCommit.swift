package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func begin(
        _ lease: RunLease, stages: [RunProgress.Stage], spawns: [Spawn], everything: Bool
    ) async throws {
        try await write { database in
            let run = try LeasedRun(lease, in: database)
            var progress = try run.progress
            progress.stages = stages
            for (way, known, over) in try database.tallyTasks(of: run.number) {
                progress.update(way) { ($0.known, $0.over) = ($0.known + known, $0.over + over) }
            }
            var spawning = TaskSpawning(connection: run.number, database: database)
            for spawn in spawns { try spawning.add(spawn) }
            progress.add(spawning)
            try run.store(progress, in: database)
            if everything, run.scope.only.isEmpty {
                try database.run("UPDATE sync_state SET is_pass_open = 1 WHERE connection = \(run.number)")
            }
        }
    }

    package func commit(
        _ steps: [TaskStep], under lease: RunLease, at time: Date
    ) async throws -> CommitReceipt {
        try await write { database in
            let run = try LeasedRun(lease, in: database)
            var progress = try run.progress
            var writer = try RecordWriter(database, connection: run.connection, at: time)
            let effects = try steps.map { step in
                let effect = try StepWriting(step, of: run, in: database, at: time).effect(with: &writer)
                progress.add(effect, of: step)
                return effect
            }
            try run.store(progress, in: database)
            for step in steps {
                try database.record(step.recorded, as: RecordingKey(run.id, of: run.connection), at: time)
            }
            return CommitReceipt(
                written: effects.map(\.written), news: zip(steps, effects).map { $0.gone.count + $1.records },
                progress: progress, isCancelRequested: run.isCancelRequested)
        }
    }
}

extension RunProgress {
    /// Adds what a stored step did.
    fileprivate mutating func add(_ effect: StepEffect, of step: TaskStep) {
        add(effect.written)
        update(step.task.job.way) { $0.add(effect, of: step) }
        add(effect.spawning)
    }

    /// Counts the tasks that were added as known.
    fileprivate mutating func add(_ spawning: TaskSpawning) {
        for (way, count) in spawning.added { update(way) { $0.known += count } }
    }
}

extension RunProgress.Stage {
    fileprivate mutating func add(_ effect: StepEffect, of step: TaskStep) {
        records += effect.records
        if let total = step.total, step.task.page == 0 {
            self.total += total
            totals += 1
        }
        switch step.outcome {
        case .next, .later, .again: return
        case .done: break
        case .failed: failed += 1
        case .gone: gone += 1
        }
        over += 1
    }
}
