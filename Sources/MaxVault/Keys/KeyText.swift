internal import Foundation

/// What the text of a key ring says: one key a line, the one in use first.
enum KeyText {
    /// The most keys a ring may hold.
    static let mostKeys = 32
    /// The shortest passphrase, in characters.
    static let shortestPassphrase = 16

    /// Takes the text apart.
    ///
    /// - Parameter commas: Whether a comma separates keys as well, as it does where a line break is hard to write.
    static func entries(of text: String, separatedByCommas commas: Bool) -> [String] {
        text.split { $0.isNewline || (commas && $0 == ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    /// The 32 bytes of a key written as 64 hexadecimal digits, base64 or base64url; nil for any other text.
    static func key(in entry: String) -> [UInt8]? {
        let characters = Array(entry.utf8)
        return characters.count == 64 ? hexadecimal(characters) : base64(entry)
    }

    private static func hexadecimal(_ digits: [UInt8]) -> [UInt8]? {
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count == digits.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    private static func base64(_ entry: String) -> [UInt8]? {
        guard entry.utf8.count == 43 || (entry.utf8.count == 44 && entry.hasSuffix("=")) else { return nil }
        let standard = entry.replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard.hasSuffix("=") ? standard : standard + "="
        return Data(base64Encoded: padded).flatMap { $0.count == 32 ? Array($0) : nil }
    }
}
