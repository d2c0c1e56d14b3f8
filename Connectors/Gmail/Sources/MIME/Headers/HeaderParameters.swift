/// A field such as `Content-Type`: a value and its parameters (RFC 2045, section 5.1; RFC 2231).
struct HeaderParameters: Sendable, Hashable {
    /// The value in lower case, such as `text/plain`.
    let value: String
    private let parameters: [String: String]

    /// The most parameters of a field, pieces of longer ones included.
    private static let most = 100

    /// The parameter of that name, given in lower case; of several the first.
    subscript(_ name: String) -> String? { parameters[name] }

    /// Reads a field; what is no parameter is passed over.
    init(_ bytes: Bytes) {
        var scanner = ParameterScanner(bytes)
        value = scanner.value()
        var parameters: [String: String] = [:]
        var pieces: [String: [Piece]] = [:]
        for _ in 0..<Self.most {
            guard let (name, bytes) = scanner.parameter() else { break }
            let parts = name.split(separator: "*", omittingEmptySubsequences: false)
            if parts.count == 1 {
                if parameters[name] == nil { parameters[name] = EncodedWords.decode(bytes[...]) }
            } else {
                let isEncoded = parts.last?.isEmpty == true
                let number = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
                pieces[String(parts[0]), default: []].append(Piece(number: number, isEncoded: isEncoded, bytes: bytes))
            }
        }
        for (name, pieces) in pieces { parameters[name] = Self.text(pieces) }
        self.parameters = parameters
    }

    /// One piece of a parameter that is written over several, or in a charset of its own.
    private struct Piece {
        let number: Int
        let isEncoded: Bool
        let bytes: [UInt8]
    }

    private static func text(_ pieces: [Piece]) -> String {
        var charset: String?
        var bytes: [UInt8] = []
        for (place, piece) in pieces.sorted(by: { $0.number < $1.number }).enumerated() {
            var rest = piece.bytes[...]
            if piece.isEncoded, place == 0, let first = rest.firstIndex(of: .apostrophe),
                let second = rest[(first + 1)...].firstIndex(of: .apostrophe)
            {
                charset = rest[..<first].lowercasedText
                rest = rest[(second + 1)...]
            }
            bytes += piece.isEncoded ? unescaped(rest) : Array(rest)
        }
        return EncodedWords.line(Charset.text(bytes[...], charset), MailLimits().lineBytes)
    }

    private static func unescaped(_ bytes: Bytes) -> [UInt8] {
        var output: [UInt8] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == .percent, place + 2 < bytes.endIndex, let high = bytes[place + 1].hexadecimal,
                let low = bytes[place + 2].hexadecimal
            {
                output.append(high << 4 | low)
                place += 3
            } else {
                output.append(bytes[place])
                place += 1
            }
        }
        return output
    }
}

/// Takes a field with parameters apart.
private struct ParameterScanner {
    private let bytes: Bytes
    private var place: Int

    init(_ bytes: Bytes) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    /// What stands before the first parameter.
    mutating func value() -> String {
        let end = bytes[place...].firstIndex { $0 == .semicolon || $0 == .openParenthesis } ?? bytes.endIndex
        defer { place = end }
        return String(
            decoding: bytes[place..<end].trimmed.prefix(100).lazy.filter { !$0.isBlank && $0 != .quote }
                .map(\.lowercased), as: UTF8.self)
    }

    /// The next parameter; nil when there is none left.
    mutating func parameter() -> (name: String, value: [UInt8])? {
        while place < bytes.endIndex {
            skip(while: { $0 == .semicolon || $0.isBlank })
            if place < bytes.endIndex, bytes[place] == .openParenthesis {
                skipComment()
                continue
            }
            let start = place
            skip(while: { $0 != .equals && $0 != .semicolon && $0 != .openParenthesis })
            let name = bytes[start..<place].trimmed
            guard place < bytes.endIndex, bytes[place] == .equals else { continue }
            place += 1
            let value = parameterValue()
            if !name.isEmpty, name.count <= 60 { return (name.lowercasedText, value) }
        }
        return nil
    }

    private mutating func parameterValue() -> [UInt8] {
        skip(while: \.isBlank)
        guard place < bytes.endIndex, bytes[place] == .quote else {
            let start = place
            skip(while: { $0 != .semicolon })
            let end = bytes[start..<place].firstIndex(of: .openParenthesis) ?? place
            return Array(bytes[start..<end].trimmed)
        }
        place += 1
        var value: [UInt8] = []
        while place < bytes.endIndex, bytes[place] != .quote {
            if bytes[place] == .backslash, place + 1 < bytes.endIndex { place += 1 }
            if bytes[place] != .carriageReturn, bytes[place] != .newline { value.append(bytes[place]) }
            place += 1
        }
        place = min(place + 1, bytes.endIndex)
        return value
    }

    private mutating func skip(while matches: (UInt8) -> Bool) {
        while place < bytes.endIndex, matches(bytes[place]) { place += 1 }
    }

    private mutating func skipComment() {
        var depth = 0
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += byte == .backslash ? 2 : 1
            if byte == .openParenthesis { depth += 1 }
            if byte == .closeParenthesis { depth -= 1 }
            if depth == 0 { break }
        }
        place = min(place, bytes.endIndex)
    }
}
