internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxQuery

/// Whatever is typed is read or refused, and never ends the program.
struct FuzzTests {
    private static let pieces =
        [
            "title", "status", "votes", "dueDate", "assignee.email", "assignee", ".", "..", "=", "!=", "<", "<=", ">",
            ">=",
            "!", "(", ")", ",", "'", "\"", "\\", "\\'", "''", "AND", "or", "NOT", "IN", "IS", "NULL", "CONTAINS",
            "STARTS",
            "WITH", "MATCHES", "open", "'x'", "1", "-1", "1e5", "-7d", "today", "2026-01-05", "2026-01-05T09:00:00.5Z",
            "%", "_", "*", ";", "--", "/*", "\0", "\u{1}", "\n", "\t", "\u{301}", "👨‍👩‍👧", "\u{202E}", "ß", "٣", "\u{FEFF}",
        ] + (32..<127).map { String(UnicodeScalar($0)) }

    @Test(arguments: 0..<400)
    func `any soup of tokens is read or refused`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let separator = Bool.random(using: &random) ? " " : ""
        for _ in 0..<10 {
            let text = (0..<Int.random(in: 0..<40, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined(separator: separator)
            readEverything(text)
        }
    }

    @Test(arguments: 0..<200)
    func `a filter with a few letters changed is read or refused`(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var scalars = Array(
            "NOT (status IN ('a', b) AND dueDate > -7d) OR assignee.email STARTS WITH \"x\" AND title MATCHES 'a b*'"
                .unicodeScalars)
        for _ in 0..<20 {
            let place = Int.random(in: 0..<scalars.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: scalars.remove(at: place)
            case 1: scalars.insert(scalars[Int.random(in: 0..<scalars.count, using: &random)], at: place)
            default: scalars[place] = Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &random)) ?? " "
            }
            readEverything(String(scalars))
        }
    }

    private func readEverything(_ text: String) {
        let list = FieldListReader(vocabulary: .tasks)
        let readings: [() throws -> Void] = [
            { _ = try condition(text) }, { _ = try TypedText.reading(text, as: .orderInvalid, list.order) },
            { _ = try TypedText.reading(text, as: .fieldsInvalid, list.fields) },
            { _ = try TypedText.reading(text, as: .matchInvalid, MatchReader.terms) },
        ]
        for reading in readings {
            do { try reading() } catch {
                #expect((error as? MaxError)?.message.contains("column") == true, "\(text)")
            }
        }
    }
}
