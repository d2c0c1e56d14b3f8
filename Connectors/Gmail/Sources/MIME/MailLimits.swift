/// How much of a message is looked at, so that one that nests, lies or never ends costs no more than another.
struct MailLimits: Sendable, Hashable {
    /// The longest block of header fields, in bytes.
    var headerBytes = 256 << 10
    /// The most header fields of a block.
    var headerFields = 500
    /// The longest value of a header field that is decoded, in bytes.
    var fieldBytes = 64 << 10
    /// The most addresses of a field.
    var addresses = 500
    /// The most message ids that `References` may name.
    var references = 100
    /// How deep parts may lie in each other.
    var depth = 12
    /// The most parts of a message, nested ones included.
    var parts = 200
    /// The longest text that is kept, in bytes of UTF-8.
    var textBytes = 256 << 10
    /// The longest subject, name or address, in bytes of UTF-8.
    var lineBytes = 2 << 10
}
