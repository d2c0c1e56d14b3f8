/// One event of a stream, as it arrived (HTML Living Standard, 9.2 Server-sent events).
package struct ReceivedEvent: Sendable, Hashable {
    /// What to name when the stream is opened again; the newest id that came.
    package let id: String?
    /// What kind of event it is.
    package let name: String
    package let data: String
}

/// The reading of a stream's bytes as events, in whatever pieces they arrive.
struct EventReader: Sendable {
    /// The largest event that is taken, in bytes.
    let limit: Int
    /// The newest id that came.
    private(set) var lastID: String?

    private var line: [UInt8] = []
    private var size = 0
    private var endedOnReturn = false
    private var name = ""
    private var data: [String] = []

    init(limit: Int, lastID: String? = nil) { (self.limit, self.lastID) = (limit, lastID) }

    /// The stream sent an event that is larger than any is taken.
    struct TooLarge: Error {}

    /// Takes bytes and gives the events that they complete.
    ///
    /// - Throws: ``TooLarge``.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [ReceivedEvent] {
        var events: [ReceivedEvent] = []
        for byte in bytes {
            let followsReturn = endedOnReturn
            endedOnReturn = byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n"), followsReturn { continue }
            if byte == UInt8(ascii: "\n") || endedOnReturn {
                if let event = endLine() { events.append(event) }
            } else {
                size += 1
                guard size <= limit else { throw TooLarge() }
                line.append(byte)
            }
        }
        return events
    }

    /// Takes a whole line; gives the event that an empty one ends.
    private mutating func endLine() -> ReceivedEvent? {
        let text = String(decoding: line, as: UTF8.self)
        line = []
        if text.isEmpty { return dispatch() }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1]) : ""
        switch parts[0] {
        case "event": name = value
        case "data": data.append(value)
        case "id" where !value.contains("\0"): lastID = value
        default: break  // comments and what later versions say
        }
        return nil
    }

    private mutating func dispatch() -> ReceivedEvent? {
        defer { (name, data, size) = ("", [], 0) }
        if data.isEmpty { return nil }
        return ReceivedEvent(
            id: lastID, name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
