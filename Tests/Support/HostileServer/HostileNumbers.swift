internal import Foundation

/// Numbers at which the arithmetic of whoever believes them ends.
package enum HostileNumbers {
    /// The numbers themselves: the ends of the types that programs count in, what lies behind them, and none at all.
    package static let all = [
        "0", "-1", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "1e309", "99999999999999999999999999", "%zz", "",
    ]

    /// A text with one of its numbers replaced, in every way there is.
    ///
    /// A number in braces, which says how long the bytes behind it are, and one that belongs to a word stay as they are.
    package static func variants(of text: String) -> [String] {
        places(of: text).flatMap { place in
            all.map { text.replacingCharacters(in: place, with: $0) }
        }
    }

    /// Where numbers are in a text.
    private static func places(of text: String) -> [Range<String.Index>] {
        var places: [Range<String.Index>] = []
        var rest = text.startIndex
        while let start = text[rest...].firstIndex(where: isDigit) {
            let end = text[start...].firstIndex { !isDigit($0) } ?? text.endIndex
            let before = start > text.startIndex ? text[text.index(before: start)] : " "
            let after = end < text.endIndex ? text[end] : " "
            if !before.isLetter, before != "{", !after.isLetter, after != "}" { places.append(start..<end) }
            rest = end
        }
        return places
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
