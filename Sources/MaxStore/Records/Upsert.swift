internal import GRDB
internal import GRDBSQLite
internal import MaxCore
internal import MaxHub

/// The storing of drafts in an entity's table, for one connection.
///
/// A record is inserted, or looked up and updated where it differs. What the one before was decides which of the two
/// comes first, so that mostly one statement is enough. None of them may have a trigger: SQLite would keep a journal for
/// each, and the full-text index would be written for each.
final class Upsert {
    private let insertion: DraftStatement
    private let look: DraftStatement
    private let update: DraftStatement
    private let texts: TextIndex?
    private let database: Database
    private var expectsNew = true

    init(_ sql: UpsertSQL, of connection: Int64, in database: Database) throws {
        insertion = try DraftStatement(sql.insertion, sql, of: connection, in: database)
        look = try DraftStatement(sql.look, sql, of: connection, in: database)
        update = try DraftStatement(sql.update, sql, of: connection, in: database)
        texts = try TextIndex(of: sql.table, in: database)
        self.database = database
    }

    /// Stores what is drafted as the change of that number.
    func store(_ draft: borrowing RowDraft, change: Int64) throws -> WriteEffect {
        if expectsNew, try insert(draft, change) { return .added }
        guard let found = try find(draft) else {
            expectsNew = try insert(draft, change)
            return .added
        }
        expectsNew = false
        guard found.differs else { return .unchanged }
        let earlier = try texts?.content(of: found.row)
        try update.run(draft, change)
        if let texts, let earlier { try texts.replace(earlier, of: found.row) }
        return .changed
    }

    /// Adds a new record; false when there is one with its id.
    private func insert(_ draft: borrowing RowDraft, _ change: Int64) throws -> Bool {
        try insertion.run(draft, change)
        guard database.changesCount == 1 else { return false }
        try texts?.add(draft, as: database.lastInsertedRowID)
        return true
    }

    private func find(_ draft: borrowing RowDraft) throws -> (row: Int64, differs: Bool)? {
        try look.first(draft) { (row: $0.integer(at: 0), differs: $0.integer(at: 1) != 0) }
    }
}

/// A statement of ``UpsertSQL``, and the binding of drafts to it.
///
/// A parameter stays bound until it is bound anew, so that only what differs from record to record is.
private final class DraftStatement {
    private let fields: [StoredField]
    private let isPartial: Bool
    private let parameters: UpsertSQL.Parameters
    /// How many of the parameters it has.
    private let count: Int
    private let statement: RecordStatement
    /// The bits of what was told that are bound.
    private var told: [Int64] = []

    init(_ text: String, _ sql: UpsertSQL, of connection: Int64, in database: Database) throws {
        (fields, isPartial, parameters) = (sql.table.entity.fields, sql.isPartial, sql.parameters)
        statement = try RecordStatement(database, text)
        count = Int(sqlite3_bind_parameter_count(statement.handle))
        try statement.bind(.integer(connection), at: parameters.connection)
    }

    func run(_ draft: borrowing RowDraft, _ change: Int64) throws {
        _ = try carryOut(draft, change) { try statement.step() }
    }

    /// The first row as `read` makes it; nil when there is none.
    func first<Element>(
        _ draft: borrowing RowDraft, read: (RecordStatement) throws -> Element
    ) throws -> Element? {
        try carryOut(draft, 0) { try statement.step() ? try read(statement) : nil }
    }

    private func carryOut<Result>(
        _ draft: borrowing RowDraft, _ change: Int64, _ work: () throws -> Result
    ) throws -> Result {
        try draft.texts.withUnsafeBufferPointer { texts in
            try bind(draft, texts)
            if parameters.change <= count { try statement.bind(.integer(change), at: parameters.change) }
            if isPartial { try bindTold(of: draft) }
            defer { statement.reset() }
            return try work()
        }
    }

    private func bind(_ draft: borrowing RowDraft, _ texts: UnsafeBufferPointer<UInt8>) throws {
        let binding = TextBinding(handle: statement.handle, texts: texts)
        var code = binding.bind(draft.id, at: parameters.id)
        for (place, value) in draft.values.enumerated() {
            code |= binding.bind(value, at: parameters.firstField + place)
        }
        guard code == SQLITE_OK else { throw statement.fault }
        try statement.bind(draft.othersValue, at: parameters.other)
    }

    /// Binds which fields are told and which are absent, if it is not the same as for the record before.
    private func bindTold(of draft: borrowing RowDraft) throws {
        var words = Array(repeating: Int64(0), count: (fields.count + UpsertSQL.bits - 1) / UpsertSQL.bits)
        for place in fields.indices where draft.isTold(place) {
            words[place / UpsertSQL.bits] |= 1 << (place % UpsertSQL.bits)
        }
        if words == told { return }
        told = []
        try statement.bind(draft.absentValue(of: fields), at: parameters.absent)
        for (index, word) in words.enumerated() where parameters.firstTold + index <= count {
            try statement.bind(.integer(word), at: parameters.firstTold + index)
        }
        told = words
    }
}
