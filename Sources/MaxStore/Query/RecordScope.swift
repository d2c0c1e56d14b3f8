internal import GRDB
internal import MaxHub

/// The connections of a query by the numbers that their records have.
struct RecordScope {
    let ids: [Int64: ConnectionID]
    private let database: Database

    /// How small a part of a table has to be for its records to be gathered one by one.
    private static let smallPart = 16

    init(_ database: Database, _ connections: [ConnectionID]) throws {
        let asked = Set(connections)
        let all = try RecordStatement(database, "SELECT number, id FROM connection")
            .all { ($0.integer(at: 0), ConnectionID(rawValue: $0.text(at: 1) ?? "")) }
        ids = Dictionary(all.filter { asked.contains($0.1) }) { first, _ in first }
        self.database = database
    }

    /// The numbers, in their order.
    var numbers: [Int64] { ids.keys.sorted() }

    /// Whether every record of a table belongs to them; it is asked of the table itself, a connection at a time.
    func isWhole(_ table: EntityTable) throws -> Bool {
        let next = try RecordStatement(
            database, once: "SELECT _connection FROM \(table.name) WHERE _connection > ? ORDER BY _connection LIMIT 1")
        var number: Int64? = -1
        while let before = number {
            number = try next.first(.integer(before)) { $0.integer(at: 0) }
            if let number, ids[number] == nil { return false }
        }
        return true
    }

    /// Whether their records are so few among the others of an entity that reading all of them costs more.
    func isSmall(_ entity: StoredEntity) throws -> Bool {
        let tallies = try RecordStatement(database, "SELECT connection, count FROM record_tally WHERE entity = ?")
            .all(.text(entity.name)) { ($0.integer(at: 0), $0.integer(at: 1)) }
        let own = tallies.filter { ids[$0.0] != nil }.reduce(0) { $0 + $1.1 }
        return own * Int64(Self.smallPart) < tallies.reduce(0) { $0 + $1.1 }
    }
}
