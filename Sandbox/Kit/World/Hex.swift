/// Lower-case hexadecimal numbers of a fixed length.
package enum Hex {
    package static func isLowercaseDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// Writes the lowest `digits` hexadecimal digits of a number.
    package static func text(_ number: UInt64, digits: Int) -> String {
        String(unsafeUninitializedCapacity: digits) { bytes in
            for position in 0..<digits {
                let nibble = UInt8(truncatingIfNeeded: number >> UInt64(4 * (digits - 1 - position))) & 15
                bytes[position] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
            }
            return digits
        }
    }

    /// Reads exactly `digits` lower-case hexadecimal digits.
    package static func number(_ text: some StringProtocol, digits: Int) -> UInt64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy(isLowercaseDigit) else { return nil }
        return UInt64(text, radix: 16)
    }
}
