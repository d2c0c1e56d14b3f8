/// One response of a server (RFC 9051, section 7).
enum IMAPResponse: Sendable, Hashable {
    /// The server waits for the rest of a command (`+ …`).
    case goOn(String)
    /// The end of the command with that tag.
    case done(tag: String, IMAPStatus)
    /// A status that belongs to no command, the greeting among them.
    case status(IMAPStatus)
    /// Anything else: its name in upper case, the number before it, and the values behind it.
    case data(String, number: UInt32?, [IMAPValue])
}

/// How a command ended, or what the server says of itself (RFC 9051, section 7.1).
struct IMAPStatus: Sendable, Hashable {
    var kind: Kind
    /// The name of the response code in upper case, such as `AUTHENTICATIONFAILED`.
    var code: String?
    /// What stands behind the name of the code.
    var argument = ""
    /// The words for people.
    var text = ""

    enum Kind: String, Sendable, Hashable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }
}

/// Why bytes are not what a mail server says.
enum IMAPFault: Error, Sendable, Hashable {
    /// They do not follow the grammar.
    case garbled
    /// A line does not end within the limit.
    case endlessLine
    /// A literal is larger than the limit.
    case largeLiteral(Int)
    /// Lists are nested too deeply.
    case tooDeep
    /// A response holds too many values, or a command brought too many responses.
    case tooMuch
}
