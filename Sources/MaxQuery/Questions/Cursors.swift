internal import Foundation
internal import MaxCore
internal import MaxHub

/// The cursor of a page: the store's own, and the time of the first page, from which relative dates still start on
/// the last one.
struct PageCursor: Sendable {
    let time: Date
    /// The store's cursor; nil for the first page.
    let place: String?

    /// Reads the text form; the first page of a question begins now, to the second.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign`.
    init(_ text: String?, now: Date) throws(MaxError) {
        guard let text else {
            (time, place) = (Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)), nil)
            return
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = Int64(parts[0], radix: 36), abs(seconds) < 1 << 40 else {
            throw .cursorForeign
        }
        (time, place) = (Date(timeIntervalSince1970: TimeInterval(seconds)), String(parts[1]))
    }

    /// The text form of the cursor of a later page.
    func text(at place: String) -> String {
        String(Int64(time.timeIntervalSince1970), radix: 36) + "." + place
    }
}

/// The cursor of changes: a place in the order of all changes, bound to a connection.
struct ChangeCursor: Sendable {
    let sequence: Int64

    init(_ sequence: Int64) { self.sequence = sequence }

    /// Reads the text form; nil is the beginning.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when it is another connection's, or none.
    init(_ text: String?, of connection: ConnectionID) throws(MaxError) {
        guard let text else {
            sequence = 0
            return
        }
        let parts = Data(base64URL: text).map { String(decoding: $0, as: UTF8.self) }?.split(separator: " ") ?? []
        guard parts.count == 2, parts[0] == connection.rawValue, let place = Int64(parts[1]), place >= 0 else {
            throw .cursorForeign
        }
        sequence = place
    }

    /// The text form.
    func text(of connection: ConnectionID) -> String { Data("\(connection.rawValue) \(sequence)".utf8).base64URL }
}
