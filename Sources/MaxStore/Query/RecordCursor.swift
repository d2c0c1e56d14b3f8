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
    /// - Parameter stored: Gives the values that the record of a row has now; it is asked where the text has only the
    ///   beginning of one.
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when it is another query's, or none.
    init(_ text: String, of query: RecordQuery, stored: (Int64) throws -> [RecordStatement.Value]?) throws {
        let parts = Data(base64URL: text).flatMap { try? JSON.decoder.decode([String].self, from: $0) } ?? []
        let keys = parts.dropFirst(2).compactMap(CursorKey.init(text:))
        guard parts.count == query.order.count + 2, keys.count == query.order.count, parts[0] == query.fingerprint,
            let row = Int64(parts[1])
        else { throw MaxError.cursorForeign }
        let values = keys.contains(where: \.isCut) ? try stored(row) : nil
        self.init(
            keys: keys.indices.map { keys[$0].value(values?[$0], isDescending: query.order[$0].isDescending) },
            row: row)
    }

    /// The text form.
    func text(of query: RecordQuery) throws -> String {
        try JSON.encoder.encode([query.fingerprint, String(row)] + keys.map { CursorKey($0).text }).base64URL
    }
}

/// A value in a cursor's text: the whole of it, or the beginning of a long text and a mark to know the rest by.
private enum CursorKey {
    case whole(RecordStatement.Value)
    case cut(prefix: String, mark: String)

    /// The longest text that is kept whole, in bytes, and how many unicode scalars are kept of a longer one.
    private static let (longest, kept) = (200, 40)

    init(_ value: RecordStatement.Value) {
        guard case .text(let text) = value, text.utf8.count > Self.longest else {
            self = .whole(value)
            return
        }
        self = .cut(prefix: String(text.unicodeScalars.prefix(Self.kept)), mark: text.mark)
    }

    var isCut: Bool { if case .cut = self { true } else { false } }

    /// The value to go on from.
    ///
    /// Where the record has changed or is gone, that is a place before all that begins so: what was shown may come again,
    /// and nothing is passed over.
    func value(_ stored: RecordStatement.Value?, isDescending: Bool) -> RecordStatement.Value {
        switch self {
        case .whole(let value): return value
        case .cut(let prefix, let mark):
            if case .text(let text)? = stored, text.mark == mark { return .text(text) }
            return .text(isDescending ? prefix + "\u{10FFFF}" : prefix)
        }
    }
}

extension CursorKey {
    init?(text: String) {
        let rest = String(text.unicodeScalars.dropFirst())
        let value: RecordStatement.Value? =
            switch text.unicodeScalars.first {
            case "n": rest.isEmpty ? .null : nil
            case "i": Int64(rest).map { .integer($0) }
            case "r": UInt64(rest).map { .real(Double(bitPattern: $0)) }
            case "t": .text(rest)
            default: nil
            }
        if let value {
            self = .whole(value)
            return
        }
        let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.unicodeScalars.first == "p", parts.count == 2 else { return nil }
        self = .cut(prefix: String(parts[1]), mark: String(parts[0]))
    }

    var text: String {
        switch self {
        case .whole(.null): "n"
        case .whole(.integer(let whole)): "i\(whole)"
        case .whole(.real(let number)): "r\(number.bitPattern)"
        case .whole(.text(let text)): "t\(text)"
        case .cut(let prefix, let mark): "p\(mark) \(prefix)"
        }
    }
}

extension RecordQuery {
    /// A word for what is asked and in which order, the same for each page of it.
    fileprivate var fingerprint: String {
        let connections = connections.map(\.rawValue).sorted()
        return "\(entity)\n\(connections)\n\(condition.map { "\($0)" } ?? "")\n\(order)".mark
    }
}

extension String {
    /// A short word by which the same text is known again (FNV-1a of 64 bits).
    fileprivate var mark: String {
        let hash = utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
