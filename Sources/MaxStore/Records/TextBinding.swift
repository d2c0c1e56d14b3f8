internal import GRDBSQLite

/// The binding of a draft's values to a statement; their texts stay where they are until it has run.
struct TextBinding {
    let handle: OpaquePointer
    let texts: UnsafeBufferPointer<UInt8>

    /// Binds a value to the parameter of that number, and gives SQLite's code back.
    func bind(_ value: RowDraft.Value, at index: Int) -> Int32 {
        switch value {
        case .absent, .null: sqlite3_bind_null(handle, Int32(index))
        case .integer(let whole): sqlite3_bind_int64(handle, Int32(index), whole)
        case .real(let number): sqlite3_bind_double(handle, Int32(index), number)
        case .text(let range): bind(range, at: index)
        }
    }

    /// Binds a part of the texts to the parameter of that number, and gives SQLite's code back.
    func bind(_ range: Range<Int>, at index: Int) -> Int32 {
        guard let start = texts.baseAddress else { return sqlite3_bind_text(handle, Int32(index), "", 0, nil) }
        let text = UnsafeRawPointer(start + range.lowerBound).assumingMemoryBound(to: CChar.self)
        return sqlite3_bind_text64(handle, Int32(index), text, UInt64(range.count), nil, UInt8(SQLITE_UTF8))
    }
}
