/// What bytes written to a terminal look like: a page that only grows downwards, with the part of ECMA-48 that a line-
/// based program uses.
///
/// Lines that are too long go on in the next row, as on a real terminal.
struct TerminalPicture: Sendable {
    private enum Parser: Sendable {
        case ground
        case escape
        case sequence([UInt8])
        case text([UInt8])
    }

    var columns: Int

    /// The bytes without escape sequences, for searching in the order they were written.
    private(set) var plain: [UInt8] = []
    private(set) var showsCursor = true
    private(set) var bracketsPaste = false

    private var rows: [[String]] = [[]]
    private var row = 0
    private var column = 0
    private var parser = Parser.ground

    init(columns: Int) {
        self.columns = columns
    }

    /// The rows without trailing blanks, joined by line breaks.
    var text: String {
        let lines = rows.map { cells in
            let end = cells.lastIndex { $0 != " " } ?? -1
            return cells[...end].joined()
        }
        return lines.joined(separator: "\n")
    }

    mutating func take(_ bytes: [UInt8]) {
        for byte in bytes { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        switch parser {
        case .escape:
            parser = byte == UInt8(ascii: "[") ? .sequence([]) : .ground
        case .sequence(let parameters):
            if (0x20...0x3F).contains(byte) {
                parser = .sequence(parameters + [byte])
            } else {
                parser = .ground
                obey(byte, String(decoding: parameters, as: UTF8.self))
            }
        case .text(let begun):
            complete(begun + [byte])
        case .ground:
            if byte != 0x1B { plain.append(byte) }
            switch byte {
            case 0x1B: parser = .escape
            case 0x0D: column = 0
            case 0x0A: lineFeed()
            case 0x08: column = max(0, column - 1)
            case ..<0x20, 0x7F: break
            case ..<0x80: put(String(Unicode.Scalar(byte)), width: 1)
            default: parser = .text([byte])
            }
        }
    }

    /// Puts a character of several bytes once it is whole (RFC 3629).
    private mutating func complete(_ bytes: [UInt8]) {
        plain.append(bytes[bytes.count - 1])
        let length = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2
        parser = bytes.count == length ? .ground : .text(bytes)
        guard bytes.count == length else { return }
        guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .format: join(scalar)
        default: put(String(scalar), width: scalar.isDrawnWide ? 2 : 1)
        }
    }

    private mutating func put(_ cell: String, width: Int) {
        if column + width > columns {
            column = 0
            lineFeed()
        }
        while rows[row].count < column + width { rows[row].append(" ") }
        rows[row][column] = cell
        if width == 2 { rows[row][column + 1] = "" }
        column += width
    }

    private mutating func join(_ mark: Unicode.Scalar) {
        guard column > 0, column <= rows[row].count else { return }
        let place = rows[row][column - 1].isEmpty ? column - 2 : column - 1
        rows[row][place].unicodeScalars.append(mark)
    }

    private mutating func lineFeed() {
        row += 1
        if row == rows.count { rows.append([]) }
    }

    private mutating func obey(_ final: UInt8, _ parameters: String) {
        let count = max(1, Int(parameters) ?? 1)
        switch (final, parameters) {
        case (UInt8(ascii: "A"), _): row = max(0, row - count)
        case (UInt8(ascii: "B"), _): row = min(rows.count - 1, row + count)
        case (UInt8(ascii: "C"), _): column = min(columns - 1, column + count)
        case (UInt8(ascii: "D"), _): column = max(0, column - count)
        case (UInt8(ascii: "J"), _):
            rows.removeLast(rows.count - row - 1)
            rows[row] = Array(rows[row].prefix(column))
        case (UInt8(ascii: "K"), _): rows[row] = Array(rows[row].prefix(column))
        case (UInt8(ascii: "h"), "?25"): showsCursor = true
        case (UInt8(ascii: "l"), "?25"): showsCursor = false
        case (UInt8(ascii: "h"), "?2004"): bracketsPaste = true
        case (UInt8(ascii: "l"), "?2004"): bracketsPaste = false
        default: break
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDrawnWide: Bool {
        (0x1100...0x115F).contains(value) || (0x2E80...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0xFF00...0xFF60).contains(value) || properties.isEmojiPresentation
    }
}
