internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub

/// What storing a step did.
struct StepEffect {
    /// What became of its records; those of an unmodified page count as unchanged, and those that are still as the same
    /// reading found them before do not count.
    var written = WriteCounts()
    /// How many records it brought that the same reading of its list had not seen before.
    var records = 0
    /// The tasks that were added.
    var spawning: TaskSpawning
}

/// The storing of one step in the transaction at hand.
struct StepWriting {
    let step: TaskStep
    let run: LeasedRun
    let database: Database
    let time: Date
    /// The addresses of its records, those of an unmodified page included.
    private var seen: [Ref] = []
    /// The addresses of those that are new or changed.
    private var fresh: [Ref] = []
    /// The addresses of those that are new.
    private var new: [Ref] = []
    /// For each child on the page of a list, in their order, whether the reading had not seen it before.
    private var firstSeen: [Bool] = []
    private var unmodified = 0
    /// How many records came again and were as they had been.
    private var repeated = 0

    init(_ step: TaskStep, of run: LeasedRun, in database: Database, at time: Date) {
        (self.step, self.run, self.database, self.time) = (step, run, database, time)
    }

    /// Stores the step with the one writer of the transaction.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `lease_lost` when its task is not where the step found it.
    consuming func effect(with writer: inout RecordWriter) throws -> StepEffect {
        try storeListing(with: &writer)
        try storeRecords(with: &writer)
        try writer.place(step.links, reading: step.task.id)
        try bury(with: &writer)
        try StepMemory(step: step, connection: run.number).store(in: database)
        try TaskMove(step, of: run.number, at: time).store(in: database)
        var effect = StepEffect(
            written: try writer.finish(),
            records: step.listing == nil ? step.records.count : firstSeen.count(where: \.self) + unmodified,
            spawning: TaskSpawning(connection: run.number, database: database, seen: seen, fresh: fresh, new: new))
        if unmodified + repeated > 0, let listing = step.listing {
            effect.written.counts[listing.children, default: .init()].unchanged += unmodified - repeated
        }
        for spawn in step.spawns { try effect.spawning.add(spawn) }
        return effect
    }

    private mutating func storeRecords(with writer: inout RecordWriter) throws {
        var sightings = firstSeen.makeIterator()
        for record in step.records {
            seen.append(record.ref)
            let isRepeated = record.ref.entity == step.listing?.children && sightings.next() == false
            switch try writer.store(record) {
            case .added:
                fresh.append(record.ref)
                new.append(record.ref)
            case .changed: fresh.append(record.ref)
            case .unchanged: repeated += isRepeated ? 1 : 0
            }
        }
    }

    private mutating func storeListing(with writer: inout RecordWriter) throws {
        guard let listing = step.listing else { return }
        let reading = step.task.id
        if listing.isUnmodified {
            let confirmed = try writer.confirm(listing, page: step.task.page, reading: reading)
            seen += confirmed.map { Ref(listing.children, $0) }
            unmodified = step.task.memo?.records ?? confirmed.count
        } else {
            let children = step.records.lazy.map(\.ref).filter { $0.entity == listing.children }.map(\.id)
            firstSeen = try writer.link(listing, Array(children), page: step.task.page, reading: reading)
        }
        if step.outcome == .done(isWhole: true) { try writer.close(listing, reading: reading) }
    }

    private func bury(with writer: inout RecordWriter) throws {
        for ref in step.gone { _ = try writer.bury(ref) }
        if step.outcome == .gone, let parent = step.listing?.parent { _ = try writer.bury(parent) }
    }
}
