/// How much a server may send before its answer is taken for something other than mail.
struct IMAPLimits: Sendable, Hashable {
    /// The longest line in bytes, literals apart.
    var line = 64 << 10
    /// The longest line of nothing but ids, in bytes.
    var idLine = 16 << 20
    /// The largest literal in bytes.
    var literal = 64 << 20
    /// How deep lists may be nested.
    var depth = 64
    /// The most values in one response.
    var values = 65_536
    /// The most responses to one command.
    var responses = 1_000_000
    /// The most bytes of messages that are kept at once.
    var messages = 256 << 20
    /// The most ids that a search may find.
    var found = 10_000_000

    /// Creates the usual limits.
    init() {}

    /// The largest response in bytes.
    var response: Int { literal + (1 << 20) }
}
