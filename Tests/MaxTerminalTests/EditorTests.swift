import Testing

@testable import MaxTerminal

@Suite struct EditorTests {
    @Test func `decodes the same keys however the bytes are cut`() {
        let bytes = Array("aé東👍\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[3~\u{1B}[200~x\ry\u{1B}[201~\r\u{3}\u{7F}z".utf8)
        var whole = KeyDecoder()
        let expected = whole.decode(bytes)
        #expect(
            expected == [
                .typed("aé東👍"), .up, .down, .right, .delete, .pasted("x\ry"), .enter, .control("c"), .backspace,
                .typed("z"),
            ])
        for cut in bytes.indices {
            var decoder = KeyDecoder()
            let keys = decoder.decode(Array(bytes[..<cut])) + decoder.decode(Array(bytes[cut...]))
            #expect(keys.merged == expected, "cut at \(cut)")
        }
    }

    @Test func `takes a lone Escape for a key only when nothing follows`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.isUndecided)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isUndecided)
    }

    @Test func `leaves a paste that never ends on Ctrl-C`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array("\u{1B}[200~abc".utf8)).isEmpty)
        #expect(decoder.decode([0x03]) == [.control("c")])
        #expect(decoder.decode(Array("x".utf8)) == [.typed("x")])
    }

    @Test func `joins a combining mark to the character before it`() {
        var editor = LineEditor()
        editor.apply(.typed("e"))
        editor.apply(.typed("\u{301}"))
        #expect(editor.characters.count == 1 && editor.cursor == 1)
        editor.apply(.backspace)
        #expect(editor.isEmpty)
    }

    @Test(arguments: [
        ("abc", 3), ("東京", 4), ("e\u{301}", 1), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("", 0), ("❤️", 2), ("ｱ", 1),
    ])
    func `knows the columns of`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [
        ("a\u{1B}[31mb", "a\u{FFFD}[31mb"), ("a\nb\tc\r\n", "a b c  "), ("a\u{202E}b\u{2066}", "a\u{FFFD}b\u{FFFD}"),
        ("\u{9B}31m", "\u{FFFD}31m"), ("👨‍👩‍👧 نم\u{200C}ا", "👨‍👩‍👧 نم\u{200C}ا"),
    ])
    func `makes text from elsewhere harmless`(text: String, clean: String) {
        #expect(text.harmless == clean)
        #expect(StyledText(text).text == clean)
        #expect(("\(text, .bad)" as StyledText).text == clean)
    }

    @Test func `cuts a line to a width and marks the cut`() {
        let line: StyledText = "\("東京", .strong)abcdef"
        #expect(line.truncated(to: 10).text == "東京abcdef")
        #expect(line.truncated(to: 6).text == "東京a…")
        #expect(line.truncated(to: 4).text == "東…")
    }

    @Test func `wraps at spaces and leaves a web address whole`() {
        #expect("one two three".wrapped(to: 8) == ["one two", "three"])
        #expect("see https://acme.test/settings now".wrapped(to: 10) == ["see", "https://acme.test/settings", "now"])
    }
}

extension [Key] {
    /// With neighbouring pieces of typed text as one.
    fileprivate var merged: [Key] {
        reduce(into: []) { keys, key in
            if case .typed(let more) = key, case .typed(let text)? = keys.last {
                keys[keys.count - 1] = .typed(text + more)
            } else {
                keys.append(key)
            }
        }
    }
}
