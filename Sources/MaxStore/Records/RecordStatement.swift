internal import GRDB
internal import GRDBSQLite

/// A prepared statement whose texts are bound and read by their length, so that a NUL is a letter like any other.
///
/// It is prepared once for each text and kept as long as its database is open; one that is under way must not be begun
/// again.
struct RecordStatement {
    private let statement: Statement
    private let database: Database

    /// A value to bind.
    enum Value: Sendable, Hashable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
    }

    init(_ database: Database, _ sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql)
    }

    /// A statement that is not kept, for a text that is not likely to come again.
    init(_ database: Database, once sql: String) throws {
        self.database = database
        statement = try database.makeStatement(sql: sql)
    }

    /// The statement as SQLite's own functions take it.
    var handle: OpaquePointer { statement.sqliteStatement }

    /// Carries out a statement that gives no rows, and tells how many rows it changed.
    @discardableResult
    func run(_ values: Value...) throws -> Int { try run(values) }

    /// Carries out a statement that gives no rows, and tells how many rows it changed.
    @discardableResult
    func run(_ values: [Value]) throws -> Int {
        try bind(values)
        defer { reset() }
        while try step() {}
        return database.changesCount
    }

    /// The rows, each as `read` makes it.
    func all<Element>(_ values: Value..., read: (RecordStatement) throws -> Element) throws -> [Element] {
        try all(values, read: read)
    }

    /// The rows, each as `read` makes it.
    func all<Element>(_ values: [Value], read: (RecordStatement) throws -> Element) throws -> [Element] {
        try bind(values)
        defer { reset() }
        var all: [Element] = []
        while try step() { all.append(try read(self)) }
        return all
    }

    /// The first row as `read` makes it; nil when there is none.
    func first<Element>(_ values: Value..., read: (RecordStatement) throws -> Element) throws -> Element? {
        try bind(values)
        defer { reset() }
        return try step() ? try read(self) : nil
    }
}

extension RecordStatement {
    /// Goes on to the next row; false when there is none.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw fault
        }
    }

    /// Ends it, so that it can be begun again.
    func reset() { sqlite3_reset(handle) }

    /// Binds the first parameters.
    func bind(_ values: [Value]) throws {
        for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
    }

    /// Binds the parameter of that number; the value stays bound until another is.
    func bind(_ value: Value, at index: Int) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, Int32(index))
            case .integer(let whole): sqlite3_bind_int64(handle, Int32(index), whole)
            case .real(let number): sqlite3_bind_double(handle, Int32(index), number)
            case .text(var text): text.withUTF8 { bind(copying: $0, at: Int32(index)) }
            }
        guard code == SQLITE_OK else { throw fault }
    }

    private func bind(copying bytes: UnsafeBufferPointer<UInt8>, at index: Int32) -> Int32 {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        guard let start = UnsafeRawPointer(bytes.baseAddress) else {
            return sqlite3_bind_text64(handle, index, "", 0, copied, UInt8(SQLITE_UTF8))
        }
        let text = start.assumingMemoryBound(to: CChar.self)
        return sqlite3_bind_text64(handle, index, text, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
    }

    /// What SQLite says went wrong last.
    var fault: DatabaseError {
        let code = sqlite3_extended_errcode(database.sqliteConnection)
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
}

extension RecordStatement {
    /// The value in a column of the row at hand.
    func value(at column: Int) -> Value {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer(integer(at: column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(handle, Int32(column)))
        case SQLITE_NULL: .null
        default: .text(text(at: column) ?? "")
        }
    }

    /// The whole number in a column; 0 when it is null.
    func integer(at column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    /// The text in a column; nil when it is null.
    func text(at column: Int) -> String? {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
