internal import CSimdjson

/// Parses one JSON text after the other, in the same memory.
final class JSONParser {
    /// The most levels that objects and arrays may nest.
    static let deepest = 128

    private let parser: OpaquePointer

    /// Makes a parser for texts of up to `capacity` bytes.
    init(capacity: Int) throws(LineFault) {
        guard let parser = csimdjson_make(capacity, Self.deepest) else { throw .tooLong }
        self.parser = parser
    }

    deinit { csimdjson_free(parser) }

    /// Parses a text of which ``CSIMDJSON_PADDING`` bytes more can be read.
    ///
    /// - Returns: Its value, valid until the next text is parsed; nil when the text is blank.
    func parse(_ text: UnsafePointer<UInt8>, _ length: Int) throws(LineFault) -> TapeValue? {
        let document = csimdjson_parse(parser, text, length)
        switch document.outcome {
        case .parsed: return TapeValue(document)
        case .blank: return nil
        case .bad_text: throw .badText
        case .bad_number: throw .badNumber
        case .too_deep: throw .tooDeep
        case .too_long: throw .tooLong
        case .malformed: throw .malformed
        }
    }
}
