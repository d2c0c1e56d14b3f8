internal import Foundation
internal import MaxCore
internal import MaxHub

/// The place of a record in the order of a query, as an opaque text that is bound to the query.
struct RecordCursor: Equatable {
    /// The values of the fields that are ordered by.
    let keys: [RecordStatement.Value]
    let row: Int64

    init(keys: [RecordStatement.Value], row: Int64) {
        self.keys = keys
        self.row = row
    }

    /// Reads the text form.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when it is another query's, or none.
    init(_ text: String, of query: RecordQuery) throws {
        let parts = Data(base64URL: text).flatMap { try? JSON.decoder.decode([String].self, from: $0) } ?? []
        let keys = parts.dropFirst(2).compactMap(Self.key)
        guard parts.count == query.order.count + 2, keys.count == query.order.count, parts[0] == query.fingerprint,
            let row = Int64(parts[1])
        else { throw MaxError.cursorForeign }
        self.init(keys: keys, row: row)
    }

    /// The text form.
    func text(of query: RecordQuery) throws -> String {
        try JSON.encoder.encode([query.fingerprint, String(row)] + keys.map(Self.text)).base64URL
    }

    private static func text(_ key: RecordStatement.Value) -> String {
        switch key {
        case .null: "n"
        case .integer(let whole): "i\(whole)"
        case .real(let number): "r\(number.bitPattern)"
        case .text(let text): "t\(text)"
        }
    }

    private static func key(_ text: String) -> RecordStatement.Value? {
        let rest = String(text.unicodeScalars.dropFirst())
        return switch text.unicodeScalars.first {
        case "n": rest.isEmpty ? .null : nil
        case "i": Int64(rest).map { .integer($0) }
        case "r": UInt64(rest).map { .real(Double(bitPattern: $0)) }
        case "t": .text(rest)
        default: nil
        }
    }
}

extension RecordQuery {
    /// A word for what is asked and in which order, the same for each page of it (FNV-1a of 64 bits).
    fileprivate var fingerprint: String {
        let connections = connections.map(\.rawValue).sorted()
        let question = "\(entity)\n\(connections)\n\(condition.map { "\($0)" } ?? "")\n\(order)"
        let hash = question.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
