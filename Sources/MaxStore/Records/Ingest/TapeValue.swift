internal import CSimdjson
internal import MaxCore

/// A value in a parsed text, which lies in the parser's memory.
struct TapeValue {
    private let tape: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>
    private let index: Int

    /// The text's outermost value.
    init(_ document: csimdjson_document) {
        (tape, strings, index) = (document.tape, document.strings, 1)
    }

    private init(_ whole: TapeValue, at index: Int) {
        (tape, strings, self.index) = (whole.tape, whole.strings, index)
    }

    /// What a value is.
    enum Content {
        case null
        case bool(Bool)
        case integer(Int64)
        /// A whole number beyond what an `Int64` holds.
        case large(UInt64)
        case number(Double)
        /// UTF-8.
        case text(UnsafeBufferPointer<UInt8>)
        case array(Elements)
        case object(Elements)
    }

    /// What it is.
    var content: Content {
        switch UInt8(truncatingIfNeeded: tape[index] >> 56) {
        case UInt8(ascii: "\""): .text(text)
        case UInt8(ascii: "l"): .integer(Int64(bitPattern: tape[index + 1]))
        case UInt8(ascii: "u"): .large(tape[index + 1])
        case UInt8(ascii: "d"): .number(Double(bitPattern: tape[index + 1]))
        case UInt8(ascii: "t"): .bool(true)
        case UInt8(ascii: "f"): .bool(false)
        case UInt8(ascii: "{"): .object(elements)
        case UInt8(ascii: "["): .array(elements)
        default: .null
        }
    }

    /// The text of a value that is one.
    var text: UnsafeBufferPointer<UInt8> {
        let start = strings + Int(tape[index] & 0x00FF_FFFF_FFFF_FFFF)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return UnsafeBufferPointer(start: start + MemoryLayout<UInt32>.size, count: Int(length))
    }

    /// The values in an array; of an object, each name before its value.
    struct Elements: Sequence, IteratorProtocol {
        private let whole: TapeValue
        private var index: Int
        private let end: Int

        fileprivate init(of whole: TapeValue) {
            self.whole = whole
            index = whole.index + 1
            end = whole.next - 1
        }

        mutating func next() -> TapeValue? {
            guard index < end else { return nil }
            let value = TapeValue(whole, at: index)
            index = value.next
            return value
        }
    }

    private var elements: Elements { Elements(of: self) }

    /// The index behind it.
    private var next: Int {
        switch UInt8(truncatingIfNeeded: tape[index] >> 56) {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Int(tape[index] & 0xFFFF_FFFF)
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
        default: index + 1
        }
    }
}

extension TapeValue {
    /// The value for itself.
    ///
    /// - Throws: ``LineFault`` when an object in it has a name twice, or a whole number does not fit in an `Int64`.
    func json() throws(LineFault) -> JSON {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .large: throw .badNumber
        case .number(let value): Int64(exactly: value).map(JSON.integer) ?? .number(value)
        case .text(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .array(let elements): .array(try elements.all())
        case .object(let members): .object(try members.byName())
        }
    }
}

extension TapeValue.Elements {
    fileprivate func all() throws(LineFault) -> [JSON] {
        var all: [JSON] = []
        for element in self { all.append(try element.json()) }
        return all
    }

    fileprivate func byName() throws(LineFault) -> [String: JSON] {
        var (members, all) = (self, [String: JSON]())
        while let name = members.next(), let value = members.next() {
            let name = String(decoding: name.text, as: UTF8.self)
            guard all.updateValue(try value.json(), forKey: name) == nil else { throw .repeated(name) }
        }
        return all
    }
}
