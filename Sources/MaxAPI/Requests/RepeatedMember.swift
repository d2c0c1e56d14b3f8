internal import Foundation
internal import MaxCore

/// The search for a member that an object of a JSON text has twice, which readers of JSON pass over (RFC 8259, section 4).
struct RepeatedMember {
    private let text: [UInt8]
    private var place = 0

    /// The way to the first member that comes again, as in `fields.name`; nil when each comes once.
    ///
    /// - Parameter text: Valid JSON, of bounded depth.
    static func place(in text: [UInt8]) -> String? {
        var search = RepeatedMember(text: text)
        return search.passValue(at: [])
    }

    private init(text: [UInt8]) { self.text = text }

    /// Passes one value; gives the way to what it says twice.
    private mutating func passValue(at path: [String]) -> String? {
        switch next {
        case UInt8(ascii: "{"): return passObject(at: path)
        case UInt8(ascii: "["): return passArray(at: path)
        case UInt8(ascii: "\""): _ = passText()
        default: while let byte = next, !Self.ends.contains(byte) { place += 1 }
        }
        return nil
    }

    private mutating func passObject(at path: [String]) -> String? {
        var names: Set<String> = []
        place += 1
        while let byte = next, byte != UInt8(ascii: "}") {
            guard byte == UInt8(ascii: "\"") else {
                place += 1
                continue
            }
            let way = path + [passText()]
            guard names.insert(way[path.count]).inserted else { return way.joined(separator: ".") }
            if next == UInt8(ascii: ":") { place += 1 }
            if let twice = passValue(at: way) { return twice }
        }
        place += 1
        return nil
    }

    private mutating func passArray(at path: [String]) -> String? {
        var count = 0
        place += 1
        while let byte = next, byte != UInt8(ascii: "]") {
            guard byte != UInt8(ascii: ",") else {
                place += 1
                continue
            }
            if let twice = passValue(at: path + ["\(count)"]) { return twice }
            count += 1
        }
        place += 1
        return nil
    }

    /// Passes a text, and gives what it says when its escapes are read.
    private mutating func passText() -> String {
        let start = place
        place += 1
        while place < text.count, text[place] != UInt8(ascii: "\"") {
            place += text[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        place = min(place + 1, text.count)
        return (try? JSON(parsing: Data(text[start..<place])))?.string ?? ""
    }

    /// The byte that is next, blanks passed over.
    private var next: UInt8? {
        mutating get {
            while place < text.count, Self.blanks.contains(text[place]) { place += 1 }
            return place < text.count ? text[place] : nil
        }
    }

    private static let blanks = Set(" \t\r\n".utf8)
    private static let ends = Set(",]}".utf8)
}
