internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub

/// Stores the records of one entity of one connection, inside one write transaction.
final class EntityWriter {
    let entity: StoredEntity
    private let places: FieldPlaces
    /// The record that was stored last.
    private var draft: RowDraft
    private var count = RunProgress.Count()
    private var misfits: [Int]
    private let number: Int64
    private let database: Database
    private let whole: Upsert
    private lazy var partial = Result { () throws(any Error) in
        try Upsert(UpsertSQL(table: EntityTable(entity), isPartial: true), of: number, in: database)
    }
    private let tombstones: Tombstones
    /// Whether a record that is new may be one that was gone.
    private var mayReturn: Bool

    init(_ entity: StoredEntity, of connection: Int64, in database: Database) throws {
        (self.entity, self.database, number) = (entity, database, connection)
        places = FieldPlaces(entity.fields)
        draft = RowDraft(fields: entity.fields.count)
        misfits = Array(repeating: 0, count: entity.fields.count)
        whole = try Upsert(
            UpsertSQL(table: EntityTable(entity), isPartial: false), of: connection, in: database)
        tombstones = Tombstones(of: entity, connection, in: database)
        mayReturn = try tombstones.exist
    }

    /// Stores a record, as the change of that number if it is one.
    func store(_ record: MaxCore.Record, change: Int64) throws -> WriteEffect {
        draft.take(record.fields, id: record.ref.id, places)
        return try store(draft, change: change)
    }

    /// Stores records in their order, as the changes that follow that number; gives the number of the last one back.
    func store(_ rows: [RowDraft], after change: Int64) throws -> Int64 {
        var change = change
        for row in rows where try store(row, change: change + 1) != .unchanged { change += 1 }
        if let last = rows.last { draft = last }
        return change
    }

    private func store(_ draft: borrowing RowDraft, change: Int64) throws -> WriteEffect {
        for place in draft.misfits { misfits[place] += 1 }
        let effect = try (draft.isPartial ? partial.get() : whole).store(draft, change: change)
        switch effect {
        case .added:
            count.added += 1
            if mayReturn { try tombstones.remove(draft.idText) }
        case .changed: count.changed += 1
        case .unchanged: count.unchanged += 1
        }
        return effect
    }

    /// Puts a tombstone in the place of a record, as the change of that number; false when there was no record.
    func bury(_ id: String, change: Int64, at time: String) throws -> Bool {
        guard try tombstones.bury(id, change: change, at: time) else { return false }
        count.gone += 1
        mayReturn = true
        return true
    }

    /// The record that was stored last.
    func lastRecord(at time: Date) -> RunProgress.LastRecord {
        let title = entity.fields.firstIndex(where: \.isTitle).flatMap { place -> String? in
            if case .text(let title) = draft.value(at: place) { title } else { nil }
        }
        return .init(ref: Ref(entity.name, draft.idText).description, title: title, at: time)
    }
}

extension EntityWriter {
    /// Adds what happened since the last time to `counts` and to the tally of the connection.
    func report(to counts: inout WriteCounts) throws {
        for (place, times) in misfits.enumerated() where times > 0 {
            counts.misfits["\(entity.name).\(entity.fields[place].name)"] = times
            misfits[place] = 0
        }
        guard count != RunProgress.Count() else { return }
        if count.added != count.gone { try tally(count.added - count.gone) }
        counts.counts[entity.name] = count
        count = RunProgress.Count()
    }

    private func tally(_ more: Int) throws {
        try RecordStatement(
            database,
            """
            INSERT INTO record_tally (connection, entity, count) VALUES (?1, ?2, max(0, ?3))
            ON CONFLICT (connection, entity) DO UPDATE SET count = max(0, count + ?3)
            """
        ).run(.integer(number), .text(entity.name), .integer(Int64(more)))
    }
}
