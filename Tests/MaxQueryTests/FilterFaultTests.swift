internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxQuery

/// What is said about filters that mean nothing.
struct FilterFaultTests {
    @Test func `shows the line with a caret below the place`() {
        #expect(
            complaint { _ = try condition("stat = done") } == """
                I don't know the field “stat” of DemoTask (column 1). Did you mean status?
                    stat = done
                    ^
                """)
        #expect(
            complaint { _ = try condition("done = true\n  AND votes > many") } == """
                votes is a whole number, and “many” is not (line 2, column 15).
                      AND votes > many
                                  ^
                """)
    }

    @Test func `shows only the neighbourhood of a place in a long line`() {
        let ors = Array(repeating: "votes = 1 OR ", count: 300).joined()
        let message = complaint { _ = try condition(ors + "foo = 1 OR " + ors + "votes = 1") } ?? ""
        let lines = message.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.dropFirst().allSatisfy { $0.count < 120 })
        let column = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) } ?? 0
        #expect(lines[1].dropFirst(column).hasPrefix("foo = 1"))
    }

    @Test(arguments: [
        ("stat = 1", 1, "I don't know the field “stat” of DemoTask", "Did you mean status?"),
        ("assignee.mail = 1", 10, "I don't know the field “mail” of DemoUser", "Did you mean email?"),
        ("zzzzzz = 1", 1, "I don't know the field “zzzzzz” of DemoTask", "It has title, description"),
        ("subtasks = 1", 1, "“subtasks” is a collection of DemoTask", ""),
        ("title.x = 1", 1, "“title” leads to no other record", ""),
        ("lost.x = 1", 1, "Nothing is known of DemoGhost", ""),
        ("parent.parent.parent.parent.parent.id = 1", 36, "A path goes over 4 refs at most", ""),
        ("assignee..name = 1", 10, "There is no name beside this dot", ""),
        ("dueDate > soon", 11, "dueDate is a date, and “soon” is none", "Write it as '2026-01-05'"),
        ("dueDate = '2026-02-30'", 11, "dueDate is a date", ""),
        ("dueDate CONTAINS 3", 9, "CONTAINS looks into text, and dueDate is a date", ""),
        ("votes STARTS WITH 3", 7, "STARTS WITH looks into text, and votes is a whole number", ""),
        ("estimate = nan", 12, "estimate is a number, and “nan” is not", ""),
        ("estimate = 0x10", 12, "estimate is a number, and “0x10” is not", ""),
        ("votes = 1e999", 9, "votes is a whole number, and “1e999” is not", ""),
        ("done = yes", 8, "done is true or false, and “yes” is not", ""),
        ("labels = bug", 8, "labels is nested data", "Use CONTAINS, IS NULL or IS NOT NULL."),
        ("votes < null", 9, "Nothing comes before or after null", "Write IS NULL."),
        ("status MATCHES x", 1, "“status” is not searched for words", "MATCHES looks into title, description."),
        ("assignee.team.code MATCHES x", 1, "No field of DemoTeam is searched for words", ""),
        ("title MATCHES '%'", 15, "There is no word in “%”", ""),
        ("title MATCHES ''", 15, "There is no word to look for", ""),
        ("title MATCHES '\"a'", 15, "The quote that opens here is never closed", ""),
        ("status = in progress", 10, "Here should be a value, and “in” is a word of the language", "Write 'in'"),
        (
            "status = very good", 15, "Here should be AND, OR or the end, not “good”",
            "Put a value of several words in quotes."
        ),
        ("status LIKE 'a%'", 8, "After “status” should come =,", "Use CONTAINS or STARTS WITH."),
        ("votes == 1", 7, "I don't know “==”", "Write = for equal and != for unequal."),
        ("votes <> 1", 7, "I don't know “<>”", "Write = for equal and != for unequal."),
        ("votes = 1 && done = true", 11, "Here should be AND, OR or the end, not “&&”", "Write AND."),
        ("votes =", 8, "Here should be a value, not the end", ""),
        ("votes", 6, "After “votes” should come =,", ""),
        ("= 1", 1, "Here should be the name of a field, not “=”", ""),
        ("'title' = 1", 1, "Here should be the name of a field, not a text in quotes", ""),
        ("done = true AND", 16, "Here should be the name of a field, not the end", ""),
        ("(done = true", 1, "The parenthesis that opens here is never closed", ""),
        ("done = true)", 12, "No parenthesis is open that this one closes", ""),
        ("()", 2, "Here should be the name of a field, not “)”", ""),
        ("title = 'open", 9, "The quote that opens here is never closed", ""),
        ("title IS 5", 10, "After IS should come NULL or NOT NULL", ""),
        ("title STARTS 5", 14, "After STARTS should come WITH", ""),
        ("title IN 5", 10, "After IN should come values in parentheses", ""),
        ("title IN ()", 11, "Here should be a value, not “)”", ""),
        ("title IN (a b)", 13, "After a value of IN should come a comma", ""),
        ("title = a\u{1}b", 10, "There is a character that cannot be seen", ""),
    ])
    func `points at`(filter: String, column: Int, sentence: String, hint: String) {
        let message = complaint { _ = try condition(filter) } ?? "nothing is wrong"
        #expect(message.hasPrefix(sentence))
        #expect(message.contains("(column \(column))."))
        #expect(message.contains(hint))
    }

    @Test func `every complaint has the code of filters`() {
        let error = #expect(throws: MaxError.self) { _ = try condition("stat = done") }
        #expect(error?.code == .filterInvalid)
    }

    @Test(arguments: [
        ("statsu", ["status"]), ("Tilte", ["title"]), ("desc", ["description"]), ("due", ["dueDate"]),
        ("vote", ["votes", "note"]), ("completely", []), ("x", []),
    ])
    func `offers the nearest names, three at most`(wrong: String, nearest: [String]) {
        let names = ["title", "description", "status", "dueDate", "votes", "note"]
        #expect(NearestNames.of(wrong, among: names) == nearest)
        #expect(NearestNames.of("aa", among: ["ab", "ac", "ad", "ae"]) == ["ab", "ac", "ad"])
    }
}
