package import Foundation
package import MaxConnector
package import MaxCore

/// The place where records lie: a table for each entity, readable by any SQLite tool.
package protocol RecordRows: Sendable {
    /// Makes the tables of a schema, or brings them into its present shape without losing anything.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_taken` when another connector has an entity of that name, or
    ///   `entity_unusable` when there cannot be a table with such names; nothing is changed then.
    func prepare(_ schema: ConnectorSchema, of connector: String) async throws
    /// The entities that were ever prepared, by name.
    func catalog() async throws -> [StoredEntity]
    /// How many records there are, by connection and entity; those without any are left out.
    func tallies() async throws -> [RecordTally]

    /// Stores records outside a run, in one transaction.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`, or `entity_unknown` when it was not prepared.
    func write(_ records: [Record], of connection: ConnectionID, at time: Date) async throws -> WriteCounts
    /// Stores records that come as lines of JSON objects with an `id`, in transactions of a bounded size.
    ///
    /// - Parameter lines: Whole lines, however they are cut into chunks.
    /// - Throws: As ``write(_:of:at:)``; ``MaxCore/MaxError`` with code `line_unreadable` and the line's number, with
    ///   everything before that line stored.
    func write<Chunks: AsyncSequence & Sendable>(
        lines: Chunks, as entity: String, of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts where Chunks.Element == [UInt8]

    /// A page of the records that a query is about.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when the cursor is not one of this query's.
    func search(_ query: RecordQuery) async throws -> RecordPage
    /// How many records a query is about, in all or for each value of a field; the largest group first.
    func count(_ query: RecordQuery, by path: FieldPath?, limit: Int) async throws -> [CountGroup]
    /// What is known of an address; nil when nothing ever was.
    func record(_ ref: Ref, of connection: ConnectionID) async throws -> FoundRecord?
    /// The changes of a connection after a place in their order, the oldest first.
    func changes(of connection: ConnectionID, after sequence: Int64, limit: Int) async throws -> [RecordChange]
    /// Runs one SELECT over the tables of records, and nothing else; `each` gets the names of the columns and a row's
    /// values until it returns false. Returns the names.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `sql_refused`, with SQLite's words for what is wrong.
    @discardableResult
    func select(
        _ sql: String, each: @escaping @Sendable (_ columns: [String], _ row: [JSON]) throws -> Bool
    ) async throws -> [String]
}

extension MaxError.Code {
    /// Another connector has an entity of that name.
    package static let entityTaken: Self = "entity_taken"
    /// A table cannot have the names that an entity has.
    package static let entityUnusable: Self = "entity_unusable"
    /// No connector has an entity of that name.
    package static let entityUnknown: Self = "entity_unknown"
    /// A line is not a JSON object with an `id`.
    package static let lineUnreadable: Self = "line_unreadable"
    /// The cursor belongs to another query.
    package static let cursorForeign: Self = "cursor_foreign"
    /// The SQL is none, or does more than read records.
    package static let sqlRefused: Self = "sql_refused"
}
