/// Plain text made from HTML: what stands there, without markup, scripts, styles and comments.
///
/// One pass over the bytes of UTF-8, without a tree: nothing nests too deep, and nothing is ever run or loaded.
struct HTMLText {
    private let bytes: Bytes
    private let limit: Int
    private var place: Int
    private var output: [UInt8] = []
    /// The line breaks that are due before the next word.
    private var breaks = 0
    private var isBlankDue = false

    /// The text of some HTML, at most `limit` bytes.
    static func plain(_ html: Bytes, limit: Int) -> [UInt8] {
        var reader = HTMLText(html, limit)
        return reader.read()
    }

    private init(_ bytes: Bytes, _ limit: Int) {
        self.bytes = bytes
        self.limit = limit
        place = bytes.startIndex
        output.reserveCapacity(min(bytes.count, limit))
    }

    private mutating func read() -> [UInt8] {
        while place < bytes.endIndex, output.count < limit {
            let byte = bytes[place]
            switch byte {
            case .less: tag()
            case 0x26: entity()
            case ...UInt8.space:
                isBlankDue = true
                place += 1
            default: word()
            }
        }
        return output
    }

    /// Takes everything up to the next blank or markup.
    private mutating func word() {
        let start = place
        while place < bytes.endIndex, bytes[place] > .space, bytes[place] != .less, bytes[place] != 0x26 { place += 1 }
        put(bytes[start])
        output += bytes[(start + 1)..<place]
    }

    private mutating func put(_ byte: UInt8) {
        if byte <= .space {
            isBlankDue = true
            return
        }
        if breaks > 0, !output.isEmpty {
            output += [UInt8](repeating: .newline, count: min(breaks, 2))
        } else if isBlankDue, !output.isEmpty {
            output.append(.space)
        }
        (breaks, isBlankDue) = (0, false)
        output.append(byte)
    }

    private mutating func put(_ text: some Sequence<UInt8>) { for byte in text { put(byte) } }
}

// MARK: Tags

extension HTMLText {
    /// Reads a tag, a comment, or a `<` that begins neither.
    private mutating func tag() {
        if bytes[place...].starts(with: "<!--".utf8) {
            place = end(of: "-->", from: place + 4)
            return
        }
        var start = place + 1
        let isClosing = start < bytes.endIndex && bytes[start] == .slash
        if isClosing { start += 1 }
        guard start < bytes.endIndex, bytes[start].isLetter || bytes[start] == 0x21 || bytes[start] == .questionMark
        else {
            put(.less)
            place += 1
            return
        }
        let name = bytes[start...].prefix { $0.isLetter || $0.isDigit }.prefix(12).lowercasedText
        place = endOfTag(from: start)
        if let element = Self.elements[name] { lay(out: element, name, isClosing) }
    }

    /// Where a tag ends: behind the first `>` outside quotes; one that never ends is given up at the next `<`.
    private func endOfTag(from start: Int) -> Int {
        var (place, mark) = (start, UInt8?.none)
        while place < bytes.endIndex {
            let byte = bytes[place]
            if let open = mark {
                if byte == open { mark = nil }
            } else if byte == .quote || byte == .apostrophe {
                // A quote opens a value only behind “=”; any other is a slip.
                if bytes[start..<place].last(where: { !$0.isBlank }) == .equals { mark = byte }
            } else if byte == .greater {
                return place + 1
            }
            place += 1
        }
        guard mark != nil else { return bytes.endIndex }
        return bytes.place(of: .greater, from: start).map { $0 + 1 } ?? bytes.endIndex
    }

    private func endOfHidden(_ name: String) -> Int {
        let closing = Array("</\(name)".utf8)
        var place = place
        while let less = bytes.place(of: .less, from: place) {
            if bytes[less...].prefix(closing.count).map(\.lowercased) == closing {
                return bytes.place(of: .greater, from: less).map { $0 + 1 } ?? bytes.endIndex
            }
            place = less + 1
        }
        return bytes.endIndex
    }

    private func end(of mark: StaticString, from start: Int) -> Int {
        var place = start
        let length = mark.utf8CodeUnitCount
        while let dash = bytes.place(of: .dash, from: place) {
            if bytes[dash...].prefix(length).isSame(as: mark) { return dash + length }
            place = dash + 1
        }
        return bytes.endIndex
    }

    private mutating func lay(out element: Element, _ name: String, _ isClosing: Bool) {
        switch element {
        case .lineBreak: breaks = output.isEmpty ? 0 : breaks + 1
        case .paragraph: breaks = 2
        case .block: breaks = max(breaks, 1)
        case .cell: isBlankDue = true
        case .item:
            breaks = max(breaks, 1)
            if !isClosing {
                put([.dash, .space])
                isBlankDue = true
            }
        case .hidden: if !isClosing { place = endOfHidden(name) }
        }
    }

    /// What an element does to the text around it.
    private enum Element {
        case lineBreak
        case paragraph
        case block
        case cell
        case item
        /// Nobody reads what is in it.
        case hidden
    }

    /// The elements that do anything.
    private static let elements: [String: Element] = {
        var elements: [String: Element] = ["br": .lineBreak, "td": .cell, "th": .cell, "li": .item]
        let groups: [(Element, String)] = [
            (.paragraph, "p h1 h2 h3 h4 h5 h6 blockquote ul ol table pre"),
            (.block, "div tr section article header footer address dt dd hr center"),
            (.hidden, "script style head title noscript template svg"),
        ]
        for (element, names) in groups {
            for name in names.split(separator: " ") { elements[String(name)] = element }
        }
        return elements
    }()
}

// MARK: Entities

extension HTMLText {
    /// Reads a character reference, or an `&` that begins none.
    private mutating func entity() {
        let name = bytes[(place + 1)...].prefix(12).prefix { $0.isLetter || $0.isDigit || $0 == 0x23 }
        guard !name.isEmpty, let scalar = Self.scalar(name) else {
            put(bytes[place])
            place += 1
            return
        }
        place = name.endIndex
        if place < bytes.endIndex, bytes[place] == .semicolon { place += 1 }
        if scalar == "\u{a0}" || scalar.properties.isWhitespace {
            isBlankDue = true
        } else if !Self.unseen.contains(scalar) {
            put(Array(String(scalar).utf8))
        }
    }

    private static func scalar(_ name: Bytes) -> Unicode.Scalar? {
        guard name.first == 0x23 else { return named[String(decoding: name, as: UTF8.self)] }
        let isHexadecimal = name.dropFirst().first.map { $0 | 0x20 } == 0x78
        let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
        guard let number = UInt32(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
        guard number >= 0x20, !(0x7f..<0xa0).contains(number) else { return " " }
        return Unicode.Scalar(number) ?? "\u{fffd}"
    }

    /// What takes no room and is put in by newsletters to fill previews.
    private static let unseen: Set<Unicode.Scalar> = [
        "\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{feff}", "\u{34f}",
    ]

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{a0}", "copy": "©", "reg": "®",
        "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
        "rdquo": "”", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "para": "¶", "deg": "°", "plusmn": "±",
        "times": "×", "divide": "÷", "frac12": "½", "frac14": "¼", "sup2": "²", "micro": "µ", "iexcl": "¡",
        "iquest": "¿", "szlig": "ß", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "aring": "å", "aelig": "æ", "ccedil": "ç",
        "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "igrave": "ì", "iacute": "í", "icirc": "î",
        "iuml": "ï", "ntilde": "ñ", "ograve": "ò", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "oslash": "ø",
        "ugrave": "ù", "uacute": "ú", "ucirc": "û", "yacute": "ý", "yuml": "ÿ", "Agrave": "À", "Aacute": "Á",
        "Acirc": "Â", "Aring": "Å", "AElig": "Æ", "Ccedil": "Ç", "Egrave": "È", "Eacute": "É", "Ecirc": "Ê",
        "Ntilde": "Ñ", "Oacute": "Ó", "Oslash": "Ø", "Uacute": "Ú", "shy": "\u{ad}", "zwnj": "\u{200c}",
        "zwj": "\u{200d}", "ensp": " ", "emsp": " ", "thinsp": " ", "rarr": "→", "larr": "←", "check": "✓",
    ]
}
