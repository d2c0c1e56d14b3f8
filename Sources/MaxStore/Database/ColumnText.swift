internal import Foundation
internal import GRDB
internal import MaxCore

/// The texts in which values lie in columns, chosen so that people and any SQLite tool can read them.
enum ColumnText {
    /// Writes a time as RFC 3339 in UTC with milliseconds, which sorts as text and which SQLite's functions understand.
    static func of(_ time: Date) -> String { whole(time).formatted(style) }

    /// Writes any value as JSON with sorted keys.
    static func of(json value: some Encodable) throws -> String {
        String(decoding: try JSON.encoder.encode(value), as: UTF8.self)
    }

    /// The time that a text says; nil when it says none.
    static func time(_ text: String) -> Date? { try? Date(text, strategy: style) }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Rounds to whole milliseconds, which the format would cut off.
    private static func whole(_ time: Date) -> Date {
        Date(timeIntervalSinceReferenceDate: (time.timeIntervalSinceReferenceDate * 1000).rounded() / 1000 + 0.0001)
    }
}

extension Row {
    /// The time in a column.
    func time(_ column: String) throws -> Date {
        guard let time = try optionalTime(column) else { throw DatabaseError.unreadable(column) }
        return time
    }

    /// The time in a column that may be empty.
    func optionalTime(_ column: String) throws -> Date? {
        guard let text: String = self[column] else { return nil }
        guard let time = ColumnText.time(text) else { throw DatabaseError.unreadable(column) }
        return time
    }

    /// The JSON value in a column.
    func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        let text: String = self[column]
        do { return try JSON.decoder.decode(type, from: Data(text.utf8)) } catch {
            throw DatabaseError.unreadable(column)
        }
    }

    /// The word of a closed list in a column.
    func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word {
        guard let word = Word(rawValue: self[column]) else { throw DatabaseError.unreadable(column) }
        return word
    }
}

extension DatabaseError {
    /// A column holds what this version cannot have written.
    static func unreadable(_ column: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unreadable \(column)")
    }
}
