/// Base64 as clients send it (RFC 4648).
enum Base64 {
    /// Decodes text; what is no letter of it is passed over.
    static func decode(_ text: String) -> [UInt8] {
        var (output, word, bits) = ([UInt8](), UInt32(0), 0)
        for byte in text.utf8 {
            guard let value = value(byte) else { continue }
            word = word << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
            }
        }
        return output
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
