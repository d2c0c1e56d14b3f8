internal import GRDB
internal import GRDBSQLite

/// Finding text whatever the case of its letters, for SQLite, which does that for the letters of ASCII only.
///
/// Letters are alike when their capitals are: `ß` is like `SS`, `ς` like `σ`. Every other character is only like itself,
/// `%` and `_` too.
enum TextFolding {
    /// The SQL functions `text_contains` and `text_begins`: whether the first text has or begins with the second, which
    /// is folded already; null where either is null.
    static func addFunctions(to database: Database) {
        add("text_contains", to: database) { context, _, values in
            TextFolding.answer(context, values) { $0.contains($1) }
        }
        add("text_begins", to: database) { context, _, values in
            TextFolding.answer(context, values) { $0.begins(with: $1) }
        }
    }

    /// A text in the form in which alike texts are equal.
    static func folded(_ text: String) -> String { text.uppercased().lowercased() }

    private typealias Function = @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

    private static func add(_ name: String, to database: Database, _ function: Function) {
        sqlite3_create_function_v2(
            database.sqliteConnection, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, function,
            nil, nil, nil)
    }

    private static func answer(
        _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
        _ test: (FoldedBytes, UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        guard let text = bytes(values?[0]), let part = bytes(values?[1]) else { return sqlite3_result_null(context) }
        sqlite3_result_int(context, FoldedBytes.with(text) { test($0, part) } ? 1 : 0)
    }

    private static func bytes(_ value: OpaquePointer?) -> UnsafeBufferPointer<UInt8>? {
        guard let start = sqlite3_value_text(value) else { return nil }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }
}

/// The bytes of a text as they are when folded; those of capitals in ASCII are still to be seen as small.
private struct FoldedBytes {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Runs `work` with the folded bytes of a text, which is not copied where it is all ASCII.
    static func with<Result>(_ text: UnsafeBufferPointer<UInt8>, _ work: (FoldedBytes) -> Result) -> Result {
        if text.allSatisfy({ $0 < 0x80 }) { return work(FoldedBytes(bytes: text)) }
        return folded(text).withUnsafeBufferPointer { work(FoldedBytes(bytes: $0)) }
    }

    private static func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count + 16)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                folded.append(UInt8(scalar.value))
            } else {
                folded.append(contentsOf: scalar.properties.uppercaseMapping.lowercased().utf8)
            }
        }
        return folded
    }

    func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        var start = 0
        while start + part.count <= bytes.count {
            if Self.small(bytes[start]) == first, has(part, at: start) { return true }
            start += 1
        }
        return false
    }

    func begins(with part: UnsafeBufferPointer<UInt8>) -> Bool { part.count <= bytes.count && has(part, at: 0) }

    private func has(_ part: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for index in part.indices where Self.small(bytes[start + index]) != part[index] { return false }
        return true
    }

    private static func small(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
