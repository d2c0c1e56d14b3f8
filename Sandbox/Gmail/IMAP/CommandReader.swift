/// Cuts what a client sends into commands, literals included (RFC 9051, section 2.2.1).
struct CommandReader {
    private var bytes: [UInt8] = []
    /// The words of the command at hand, each literal one of them.
    private var words: [String] = []

    /// The longest command that is taken.
    private static let most = 1 << 20

    /// What there is to do.
    enum Event {
        /// A whole command, cut into words; lists and their brackets are words of their own.
        case command([String])
        /// The client waits to be told to go on.
        case goOn
    }

    mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

    /// Whether a client sends more than a command can have.
    var isFlooded: Bool { bytes.count > Self.most }

    /// The next event; nil when there is no whole line.
    mutating func next() -> Event? {
        guard let end = bytes.firstIndex(of: 10) else { return nil }
        let line = bytes[..<end].filter { $0 != 13 }
        if let (length, waits) = Self.literal(at: line) {
            guard bytes.count >= end + 1 + length else { return waits ? noteWait(end) : nil }
            words += Self.words(line[..<(line.lastIndex(of: UInt8(ascii: "{")) ?? line.endIndex)])
            words.append(String(decoding: bytes[(end + 1)..<(end + 1 + length)], as: UTF8.self))
            bytes.removeFirst(end + 1 + length)
            return next()
        }
        words += Self.words(line[...])
        bytes.removeFirst(end + 1)
        defer { words = [] }
        return .command(words)
    }

    /// Tells the client to go on, once: its literal passes for one that does not wait from then on.
    private mutating func noteWait(_ end: Int) -> Event {
        if let brace = bytes[..<end].lastIndex(of: UInt8(ascii: "}")) { bytes.insert(UInt8(ascii: "+"), at: brace) }
        return .goOn
    }

    /// The length of the literal that a line ends with, and whether the client waits before it sends it.
    private static func literal(at line: [UInt8]) -> (length: Int, waits: Bool)? {
        guard line.last == UInt8(ascii: "}"), let start = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let digits = String(decoding: line[(start + 1)..<(line.count - 1)], as: UTF8.self)
        guard let length = Int(digits.filter(\.isNumber)), length <= most else { return nil }
        return (length, digits.last?.isNumber == true)
    }

    private static func words(_ line: ArraySlice<UInt8>) -> [String] {
        var (words, word, isQuoted, isEscaped) = ([String](), [UInt8](), false, false)
        func end(_ word: inout [UInt8]) {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word = []
        }
        var depth = 0
        for byte in line {
            switch byte {
            case _ where isEscaped:
                word.append(byte)
                isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""):
                if isQuoted { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
                isQuoted.toggle()
            case _ where isQuoted: word.append(byte)
            case UInt8(ascii: "["), UInt8(ascii: "]"):
                depth += byte == UInt8(ascii: "[") ? 1 : -1
                word.append(byte)
            case UInt8(ascii: " ") where depth == 0: end(&word)
            case UInt8(ascii: "(") where depth == 0, UInt8(ascii: ")") where depth == 0:
                end(&word)
                words.append(String(UnicodeScalar(byte)))
            default: word.append(byte)
            }
        }
        end(&word)
        return words
    }
}
