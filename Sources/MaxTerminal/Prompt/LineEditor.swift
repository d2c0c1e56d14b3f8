/// A line being edited: its characters and the place of the cursor.
///
/// Pure; keys go in.
struct LineEditor: Sendable {
    private(set) var characters: [Character]

    /// The character the cursor stands before.
    private(set) var cursor: Int

    /// Whether line breaks were taken off the ends of something pasted into what stands here now.
    private(set) var trimmedPaste = false

    /// Begins with `text`, the cursor behind it.
    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    var text: String { String(characters) }

    var isEmpty: Bool { characters.isEmpty }

    /// Changes the line by `key`; keys that mean nothing to a line are ignored.
    mutating func apply(_ key: Key) {
        switch key {
        case .typed(let text): insert(text)
        case .pasted(let text): paste(text)
        case .backspace: remove(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(cursor + 1, characters.count))
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<characters.count)
        case .control("w"): remove(startOfWord..<cursor)
        default: break
        }
    }

    /// Inserts at the cursor.
    ///
    /// What is typed may join the character before it (an accent) or after it, so that the seam is cut into characters
    /// anew.
    private mutating func insert(_ text: String) {
        let seam = max(0, cursor - 1)..<min(cursor + 1, characters.count)
        let before = String(characters[seam.lowerBound..<cursor]) + text
        let joined = Array(before + String(characters[cursor..<seam.upperBound]))
        characters.replaceSubrange(seam, with: joined)
        cursor = seam.lowerBound + min(before.count, joined.count)
    }

    /// Inserts without the line breaks at the ends; a break within stays (a PEM key), however it is spelled.
    private mutating func paste(_ text: String) {
        let lines = String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
        let start = lines.firstIndex { $0 != "\n" } ?? lines.endIndex
        let end = lines.lastIndex { $0 != "\n" }.map(lines.index(after:)) ?? start
        if end != lines.endIndex || start != lines.startIndex { trimmedPaste = true }
        insert(String(lines[start..<end]))
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
        if characters.isEmpty { trimmedPaste = false }
    }

    private var startOfWord: Int {
        let word = characters[..<cursor].lastIndex { !$0.isWhitespace } ?? 0
        return characters[..<word].lastIndex { $0.isWhitespace }.map { $0 + 1 } ?? 0
    }
}
