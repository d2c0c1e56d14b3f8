internal import Foundation
internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// Stores what came for one connection, inside one write transaction.
///
/// Only one may be at work in a transaction: it numbers the changes, and gives the counter back in ``finish()``.
struct RecordWriter {
    private let database: Database
    private let number: Int64
    private let time: String
    private let clock: Date
    private let edges: EdgeWriter
    private var writers: [String: EntityWriter] = [:]
    /// The writer of the record before, which is most often the next one's too.
    private var latest: EntityWriter?
    /// The writer of the record that was stored last, until that was told.
    private var last: EntityWriter?
    private var change: Int64
    private var storedChange: Int64

    /// Prepares for what comes at a time.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    init(_ database: Database, connection: ConnectionID, at time: Date) throws {
        let found = try RecordStatement(
            database,
            """
            SELECT connection.number, counter.value FROM connection JOIN counter ON counter.name = 'change'
            WHERE connection.id = ?
            """
        ).first(.text(connection.rawValue)) { ($0.integer(at: 0), $0.integer(at: 1)) }
        guard let found else { throw MaxError.connectionNotFound(connection) }
        (number, change) = found
        storedChange = change
        (self.database, clock, self.time) = (database, time, ColumnText.of(time))
        edges = EdgeWriter(of: number, in: database)
    }

    /// Stores a record: the fields it has, and no others.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown` when its entity was never prepared.
    mutating func store(_ record: MaxCore.Record) throws -> WriteEffect {
        let writer = try writer(of: record.ref.entity)
        last = writer
        let effect = try writer.store(record, change: change + 1)
        if effect != .unchanged { change += 1 }
        return effect
    }

    /// Stores records of an entity in their order.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown` when the entity was never prepared.
    mutating func store(_ rows: [RowDraft], as entity: String) throws {
        guard !rows.isEmpty else { return }
        let writer = try writer(of: entity)
        last = writer
        change = try writer.store(rows, after: change)
    }

    /// Puts a tombstone in the place of a record, whose edges go; false when there is no such record.
    ///
    /// What was below it and is in no other list can be reached no more: it goes too.
    mutating func bury(_ ref: Ref) throws -> Bool {
        var (doomed, hasBuried) = ([ref], false)
        while let next = doomed.popLast() {
            let below = try edges.children(of: next)
            guard try writer(of: next.entity).bury(next.id, change: change + 1, at: time) else { continue }
            change += 1
            hasBuried = hasBuried || next == ref
            doomed += try below.filter { try !edges.isListed($0) }
        }
        return hasBuried
    }

    /// Tells what was done since the last time, and gives the counter of changes back.
    mutating func finish() throws -> WriteCounts {
        var counts = WriteCounts()
        for writer in writers.values { try writer.report(to: &counts) }
        counts.lastRecord = last?.lastRecord(at: clock)
        last = nil
        if change != storedChange {
            try RecordStatement(database, "UPDATE counter SET value = ? WHERE name = 'change'").run(.integer(change))
            storedChange = change
        }
        return counts
    }

    private mutating func writer(of entity: String) throws -> EntityWriter {
        if let latest, latest.entity.name == entity { return latest }
        let writer = try writers[entity] ?? makeWriter(of: entity)
        latest = writer
        return writer
    }

    private mutating func makeWriter(of entity: String) throws -> EntityWriter {
        guard let stored = try EntityCatalog(database).entity(named: entity) else {
            throw MaxError.entityUnknown(entity)
        }
        let writer = try EntityWriter(stored, of: number, in: database)
        writers[entity] = writer
        return writer
    }
}

extension RecordWriter {
    /// Notes that a page of a list has those children, and tells of each whether this reading had not seen it before.
    @discardableResult
    mutating func link(
        _ listing: TaskStep.Listing, _ children: [String], page: Int, reading: Int64
    ) throws -> [Bool] {
        try edges.link(listing, children, page: page, reading: reading)
    }

    /// Notes in which collections records are, as a feed tells it.
    mutating func place(_ links: [SourcePage.Link], reading: Int64) throws {
        try edges.place(links, reading: reading)
    }

    /// Notes that a page of a list is as it was, and tells the ids of its children, which count as seen again.
    mutating func confirm(_ listing: TaskStep.Listing, page: Int, reading: Int64) throws -> [String] {
        try edges.confirm(listing, page: page, reading: reading)
    }

    /// Drops the edges of a list that this reading of it has not seen.
    mutating func close(_ listing: TaskStep.Listing, reading: Int64) throws {
        try edges.close(listing, reading: reading)
    }

    /// Puts tombstones in the place of the entities' records that no list has, until each has a list or is gone.
    mutating func buryUnlisted(_ entities: Set<String>) throws {
        var found = true
        while found {
            found = false
            for entity in entities.sorted() where try buryUnlisted(of: entity) { found = true }
        }
    }

    /// - Returns: Whether there were any.
    private mutating func buryUnlisted(of entity: String) throws -> Bool {
        guard let stored = try EntityCatalog(database).entity(named: entity) else { return false }
        var (place, hasFound) = ("", false)
        while true {
            let ids = try edges.unlisted(of: stored, after: place)
            for id in ids { _ = try bury(Ref(entity, id)) }
            guard let last = ids.last else { return hasFound }
            (place, hasFound) = (last, true)
        }
    }
}

/// What storing a record did.
enum WriteEffect {
    case added
    case changed
    case unchanged
}
