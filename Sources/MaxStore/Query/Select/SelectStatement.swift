internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import MaxCore
internal import MaxHub
internal import Synchronization

/// A SELECT that somebody wrote, on a connection of its own that can only read.
final class SelectStatement {
    private let database: OpaquePointer
    private let statement: OpaquePointer
    private let path: String
    private let rules: SelectRules
    private let stop: SelectStop

    /// Opens the database and reads the text.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `sql_refused`.
    init(_ sql: String, at path: String, _ rules: SelectRules, _ stop: SelectStop) throws {
        guard !sql.contains("\0") else { throw MaxError.sqlRefused("there is a NUL in it") }
        let database = try Self.open(path)
        do {
            Self.guardDatabase(database, rules, stop)
            statement = try Self.only(in: sql, database, path)
        } catch {
            sqlite3_close_v2(database)
            throw error
        }
        (self.database, self.path, self.rules, self.stop) = (database, path, rules, stop)
    }

    deinit {
        sqlite3_finalize(statement)
        sqlite3_close_v2(database)
    }

    /// Gives the rows, one after the other, until there is none or none is wanted, and the names of the columns.
    func run(_ each: (_ columns: [String], _ row: [JSON]) throws -> Bool) throws -> [String] {
        let indices = 0..<sqlite3_column_count(statement)
        let columns = indices.map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if try !each(columns, indices.map(value)) { return columns }
            case SQLITE_DONE: return columns
            case SQLITE_INTERRUPT where stop.isAsked: throw CancellationError()
            default: throw Self.fault(database, path)
            }
        }
    }

    private func value(at column: Int32) -> JSON {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT:
            let number = sqlite3_column_double(statement, column)
            return number.isFinite ? .number(number) : .string("\(number)")
        case SQLITE_BLOB: return .string(Data(bytes(at: column)).base64EncodedString())
        default:
            // The text has to be asked for before its bytes, so that they are those of a text.
            _ = sqlite3_column_text(statement, column)
            return .string(String(decoding: bytes(at: column), as: UTF8.self))
        }
    }

    private func bytes(at column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}

extension SelectStatement {
    /// How long a text or a blob may become, in bytes.
    private static let mostBytes: Int32 = 64 << 20

    private static func open(_ path: String) throws -> OpaquePointer {
        var database: OpaquePointer?
        let code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let database else {
            sqlite3_close_v2(database)
            throw MaxError(DatabaseError(resultCode: ResultCode(rawValue: code)), at: path)
        }
        sqlite3_extended_result_codes(database, 0)
        sqlite3_busy_timeout(database, 5000)
        sqlite3_limit(database, SQLITE_LIMIT_LENGTH, mostBytes)
        sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0)
        // A misspelt name in quotation marks is then an error, and no text.
        _disableDoubleQuotedStringLiterals(database)
        return database
    }

    private static func guardDatabase(_ database: OpaquePointer, _ rules: SelectRules, _ stop: SelectStop) {
        let isAllowed:
            @convention(c) (
                UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
                UnsafePointer<CChar>?
            ) -> Int32 = { rules, action, first, second, _, _ in
                guard let rules else { return SQLITE_DENY }
                let (first, second) = (
                    first.map { String(cString: $0) } ?? "", second.map { String(cString: $0) } ?? ""
                )
                let isAllowed = Unmanaged<SelectRules>.fromOpaque(rules).takeUnretainedValue().allow(
                    action, first, second)
                return isAllowed ? SQLITE_OK : SQLITE_DENY
            }
        sqlite3_set_authorizer(database, isAllowed, Unmanaged.passUnretained(rules).toOpaque())
        sqlite3_progress_handler(
            database, 1000,
            { stop in
                stop.map { Unmanaged<SelectStop>.fromOpaque($0).takeUnretainedValue().isAsked } ?? true ? 1 : 0
            }, Unmanaged.passUnretained(stop).toOpaque())
    }

    /// The one statement of a text.
    private static func only(in sql: String, _ database: OpaquePointer, _ path: String) throws -> OpaquePointer {
        try sql.withCString { start in
            var (statement, rest) = (OpaquePointer?.none, UnsafePointer<CChar>?.some(start))
            while statement == nil, let text = rest, text.pointee != 0 {
                guard sqlite3_prepare_v2(database, text, -1, &statement, &rest) == SQLITE_OK else {
                    throw fault(database, path)
                }
            }
            guard let statement else { throw MaxError.sqlRefused("there is no statement in it") }
            do {
                try checkNothingFollows(rest, database)
                guard sqlite3_stmt_readonly(statement) != 0, sqlite3_column_count(statement) > 0 else {
                    throw MaxError.sqlRefused("it is no SELECT")
                }
            } catch {
                sqlite3_finalize(statement)
                throw error
            }
            return statement
        }
    }

    private static func checkNothingFollows(_ rest: UnsafePointer<CChar>?, _ database: OpaquePointer) throws {
        var (next, rest) = (OpaquePointer?.none, rest)
        while let text = rest, text.pointee != 0 {
            let code = sqlite3_prepare_v2(database, text, -1, &next, &rest)
            sqlite3_finalize(next)
            guard code == SQLITE_OK, next == nil else {
                throw MaxError.sqlRefused("there is more than one statement in it")
            }
        }
    }

    /// What SQLite says went wrong: with the text, or with the database.
    private static func fault(_ database: OpaquePointer, _ path: String) -> MaxError {
        let message = String(cString: sqlite3_errmsg(database))
        switch sqlite3_errcode(database) {
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_NOMEM, SQLITE_FULL:
            let code = ResultCode(rawValue: sqlite3_errcode(database))
            return MaxError(DatabaseError(resultCode: code, message: message), at: path)
        default: return .sqlRefused(message)
        }
    }
}

/// The wish that a SELECT come to its end.
final class SelectStop: Sendable {
    private let asked = Atomic(false)

    var isAsked: Bool { asked.load(ordering: .relaxed) }

    func ask() { asked.store(true, ordering: .relaxed) }
}

extension MaxError {
    fileprivate static func sqlRefused(_ reason: String) -> MaxError {
        MaxError(
            .sqlRefused, "This SQL was not run: \(reason).",
            fix: "Write one SELECT over records; the tables are those that the schema names.")
    }
}
