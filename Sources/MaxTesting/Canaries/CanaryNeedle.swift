internal import Foundation
internal import MaxCore

/// One form in which a secret could show.
struct CanaryNeedle: Sendable {
    /// The secret's number.
    let number: Int
    let form: String
    let bytes: [UInt8]

    /// The shortest half that is looked for, in bytes: anything shorter could be there by accident.
    private static let shortestHalf = 12
    /// The fewest different bytes of what is looked for, for the same reason.
    private static let leastVariety = 6

    /// The longest part that is looked for, in bytes: of a longer secret its beginning and its end tell it is there.
    private static let longestPart = 256

    /// Makes every form of a secret.
    static func all(of secret: [UInt8], number: Int) -> [CanaryNeedle] {
        let middle = min(secret.count / 2, longestPart)
        let whole = secret.count > 2 * longestPart ? [] : secret
        var pieces = [("", whole), ("reversed ", whole.reversed())]
        if middle >= shortestHalf {
            let (start, end) = (Array(secret.prefix(middle)), Array(secret.suffix(middle)))
            pieces += [("a part in ", start), ("a part in ", end)]
            if whole.isEmpty {
                pieces += [("a part in reversed ", start.reversed()), ("a part in reversed ", end.reversed())]
            }
        }
        var known: Set<[UInt8]> = []
        return pieces.filter { Set($0.1).count >= leastVariety }.flatMap { name, piece in
            forms(of: piece).map { CanaryNeedle(number: number, form: name + $0, bytes: $1) }
        }.filter { known.insert($0.bytes).inserted }
    }

    private static func forms(of piece: [UInt8]) -> [(String, [UInt8])] {
        let text = String(decoding: piece, as: UTF8.self)
        let inText = hexadecimal(piece) + escapedForURL(text, piece) + escapedForJSON(text) + numbers(piece)
        let wide = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        return [("clear", piece), ("UTF-16", wide)] + (0..<3).flatMap { base64(of: piece, after: $0) }
            + inText.map { ($0.0, Array($0.1.utf8)) }
    }

    private static func hexadecimal(_ piece: [UInt8]) -> [(String, String)] {
        let digits = piece.map(hex).joined()
        return [("hexadecimal", digits), ("hexadecimal", digits.uppercased())]
    }

    private static func escapedForURL(_ text: String, _ piece: [UInt8]) -> [(String, String)] {
        let all = piece.map { "%" + hex($0) }.joined()
        let some = [CharacterSet.alphanumerics, .urlQueryAllowed, .urlPathAllowed].compactMap {
            text.addingPercentEncoding(withAllowedCharacters: $0)
        }
        return (some + [all, all.uppercased()]).map { ("URL-escaped text", $0) }
    }

    private static func escapedForJSON(_ text: String) -> [(String, String)] {
        let some = String(JSON.string(text).text.dropFirst().dropLast())
        let all = text.utf16.map { "\\u" + hex(UInt8($0 >> 8)) + hex(UInt8($0 & 255)) }.joined()
        return [some, some.replacing("/", with: "\\/"), all].map { ("JSON-escaped text", $0) }
    }

    private static func numbers(_ piece: [UInt8]) -> [(String, String)] {
        [", ", ","].map { ("numbers", piece.map { String($0) }.joined(separator: $0)) }
    }

    /// The characters of base64 and base64url (RFC 4648) that stand for bytes whatever surrounds them.
    ///
    /// - Parameter shift: How many bytes come before them in their group of three.
    private static func base64(of piece: [UInt8], after shift: Int) -> [(String, [UInt8])] {
        let whole = Data([UInt8](repeating: 0, count: shift) + piece).base64EncodedString()
        let sure = whole.prefix((piece.count + shift) * 8 / 6).dropFirst((shift * 8 + 5) / 6)
        let plain = Array(sure.utf8)
        let url = Array(sure.replacing("+", with: "-").replacing("/", with: "_").utf8)
        return [("base64", plain), ("base64url", url)]
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 2 ? digits : "0" + digits
    }
}

/// Forms of secrets, ordered by their first four bytes so that all are looked for in one pass.
struct CanaryNeedles: Sendable {
    private let needles: [CanaryNeedle]
    private let places: [UInt32: [Int]]
    /// Whether any begins with those two bytes.
    private let isStart: [Bool]

    init(_ needles: [CanaryNeedle]) {
        let needles = needles.filter { $0.bytes.count >= 4 }
        self.needles = needles
        places = Dictionary(grouping: needles.indices) {
            needles[$0].bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        }
        var isStart = [Bool](repeating: false, count: 1 << 16)
        for start in places.keys { isStart[Int(start >> 16)] = true }
        self.isStart = isStart
    }

    /// The needles that are somewhere in bytes, each once.
    func found(in haystack: [UInt8]) -> [CanaryNeedle] {
        var found: Set<Int> = []
        haystack.withUnsafeBufferPointer { hay in
            isStart.withUnsafeBufferPointer { isStart in
                var (window, end): (UInt32, Int) = (0, 0)
                for byte in hay {
                    window = window << 8 | UInt32(byte)
                    end += 1
                    if isStart[Int(window >> 16)], end >= 4, let near = places[window] {
                        found.formUnion(near.filter { hay[(end - 4)...].starts(with: needles[$0].bytes) })
                    }
                }
            }
        }
        return found.sorted().map { needles[$0] }
    }
}
