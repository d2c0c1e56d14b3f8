internal import NIOCore

/// One event of a stream (HTML Living Standard, 9.2 Server-sent events).
package struct ServerEvent: Sendable, Hashable {
    /// What a client that comes back names in `Last-Event-ID`.
    package let id: Int?
    /// What kind of event it is; letters, digits and underscores.
    package let name: String
    /// What happened, usually as JSON.
    package let data: String

    package init(id: Int? = nil, name: String, data: String) {
        self.id = id
        self.name = name
        self.data = data
    }

    /// The event as it is sent.
    ///
    /// A line break in the data begins another line of data, so that nobody's text can end it.
    var wire: ByteBuffer {
        var text = id.map { "id: \($0)\n" } ?? ""
        text += "event: \(name.filter { !$0.isNewline })\n"
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        return ByteBuffer(string: text + "\n")
    }
}
