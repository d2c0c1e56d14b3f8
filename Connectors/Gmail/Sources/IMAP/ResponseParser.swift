import Foundation

/// The parser of one whole response (RFC 9051, section 9).
struct ResponseParser {
    private let bytes: UnsafeRawBufferPointer
    private let limits: IMAPLimits
    private var position = 0
    private var values = 0

    init(_ bytes: UnsafeRawBufferPointer, limits: IMAPLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Parses the response.
    ///
    /// - Throws: ``IMAPFault``.
    mutating func response() throws -> IMAPResponse {
        let tag = word()
        guard !tag.isEmpty else { throw IMAPFault.garbled }
        if tag == "+" {
            skipSpace()
            return .goOn(restOfLine())
        }
        try space()
        let name = word().uppercased()
        guard tag == "*" else {
            guard let kind = IMAPStatus.Kind(rawValue: name) else { throw IMAPFault.garbled }
            return .done(tag: tag, status(kind))
        }
        if let kind = IMAPStatus.Kind(rawValue: name) { return .status(status(kind)) }
        guard let number = UInt32(name) else { return try data(name, number: nil) }
        try space()
        return try data(word().uppercased(), number: number)
    }

    private mutating func data(_ name: String, number: UInt32?) throws -> IMAPResponse {
        guard !name.isEmpty else { throw IMAPFault.garbled }
        return .data(name, number: number, try valuesToTheEnd())
    }

    /// Parses the code and the words of a status.
    private mutating func status(_ kind: IMAPStatus.Kind) -> IMAPStatus {
        skipSpace()
        var status = IMAPStatus(kind: kind)
        let text = restOfLine()
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
            status.text = text
            return status
        }
        let code = text[text.index(after: text.startIndex)..<end].split(separator: " ", maxSplits: 1)
        status.code = code.first?.uppercased()
        status.argument = code.count > 1 ? String(code[1]) : ""
        status.text = text[text.index(after: end)...].trimmingCharacters(in: .whitespaces)
        return status
    }

    // Values: lists are kept on a stack of our own, so that no server decides how deep ours gets.

    private mutating func valuesToTheEnd() throws -> [IMAPValue] {
        var open: [[IMAPValue]] = [[]]
        while true {
            skipSpace()
            guard let byte = peek, !isLineBreak(byte) else { break }
            switch byte {
            case UInt8(ascii: "("):
                position += 1
                open.append([])
                guard open.count <= limits.depth else { throw IMAPFault.tooDeep }
            case UInt8(ascii: ")"):
                position += 1
                guard open.count > 1, let values = open.popLast() else { throw IMAPFault.garbled }
                try add(.list(values), to: &open)
            default: try add(try simpleValue(byte), to: &open)
            }
        }
        guard open.count == 1 else { throw IMAPFault.garbled }
        return open[0]
    }

    private mutating func add(_ value: IMAPValue, to open: inout [[IMAPValue]]) throws {
        values += 1
        guard values <= limits.values else { throw IMAPFault.tooMuch }
        open[open.count - 1].append(value)
    }

    private mutating func simpleValue(_ byte: UInt8) throws -> IMAPValue {
        switch byte {
        case UInt8(ascii: "\""): return .string(try quoted())
        case UInt8(ascii: "{"): return .string(try literal())
        case UInt8(ascii: "~") where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "{"):
            position += 1
            return .string(try literal())
        default:
            let atom = atom()
            guard !atom.isEmpty else { throw IMAPFault.garbled }
            return .atom(atom)
        }
    }

    private mutating func quoted() throws -> Data {
        position += 1
        var text = Data()
        var chunk = position
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[chunk..<position]
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += bytes[chunk..<position]
                position += 1
                chunk = position
                guard peek != nil else { throw IMAPFault.garbled }
            case 0x0d, 0x0a: throw IMAPFault.garbled
            default: break
            }
            position += 1
        }
        throw IMAPFault.garbled
    }

    private mutating func literal() throws -> Data {
        position += 1
        var size = 0
        while let byte = peek, (0x30...0x39).contains(byte) {
            guard size <= limits.literal else { throw IMAPFault.largeLiteral(size) }
            size = size * 10 + Int(byte - 0x30)
            position += 1
        }
        if peek == UInt8(ascii: "+") { position += 1 }
        guard peek == UInt8(ascii: "}") else { throw IMAPFault.garbled }
        position += 1
        if peek == 0x0d { position += 1 }
        guard peek == 0x0a, bytes.count - position - 1 >= size else { throw IMAPFault.garbled }
        let start = position + 1
        position = start + size
        return Data(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
    }

    /// Takes a bare word; what stands in square brackets belongs to it, spaces and all.
    private mutating func atom() -> String {
        let start = position
        var isInBrackets = false
        while let byte = peek, !isLineBreak(byte) {
            switch byte {
            case UInt8(ascii: "["): isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case 0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
                if !isInBrackets { return text(start..<position) }
            default: break
            }
            position += 1
        }
        return text(start..<position)
    }

    private mutating func word() -> String {
        let start = position
        while let byte = peek, byte != 0x20, !isLineBreak(byte) { position += 1 }
        return text(start..<position)
    }

    private mutating func restOfLine() -> String {
        let start = position
        while let byte = peek, !isLineBreak(byte) { position += 1 }
        return text(start..<position)
    }

    private mutating func space() throws {
        guard peek == 0x20 else { throw IMAPFault.garbled }
        skipSpace()
    }

    private mutating func skipSpace() {
        while peek == 0x20 { position += 1 }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0d || byte == 0x0a }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
