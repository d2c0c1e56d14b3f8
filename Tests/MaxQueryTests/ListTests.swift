internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxQuery

/// Orders, lists of fields and words to be found.
struct ListTests {
    private let list = FieldListReader(vocabulary: .tasks)

    @Test func `reads an order`() throws {
        let order = try TypedText.reading("dueDate DESC, Title asc,assignee.email", as: .orderInvalid, list.order)
        #expect(order.map(\.path.name) == ["dueDate", "title", "assignee.email"])
        #expect(order.map(\.isDescending) == [true, false, false])
    }

    @Test func `reads fields, each once`() throws {
        let fields = try TypedText.reading("title, id,assignee.email , title", as: .fieldsInvalid, list.fields)
        #expect(fields.map(\.name) == ["title", "id", "assignee.email"])
    }

    @Test(arguments: [
        ("", 1, "Here should be the name of a field, not the end"),
        ("title,", 7, "Here should be the name of a field, not the end"),
        ("title,,id", 7, "Here should be the name of a field, not “,”"),
        ("title down", 7, "Behind a field can come asc or desc, not “down”"),
        ("title desc desc", 12, "Here should be a comma or the end, not “desc”"),
        ("titel", 1, "I don't know the field “titel” of DemoTask"),
        ("labels", 1, "labels is nested data, which has no order"),
        ("id,id,id,id,id,id,id,id,id", 25, "These are more than 8 fields"),
    ])
    func `points at what is wrong with an order`(text: String, column: Int, sentence: String) {
        let message = complaint { _ = try TypedText.reading(text, as: .orderInvalid, list.order) } ?? ""
        #expect(message.hasPrefix("\(sentence) (column \(column))"))
    }

    @Test(arguments: [
        ("title desc", 7, "Here should be a comma or the end, not “desc”"),
        ("subtasks", 1, "“subtasks” is a collection of DemoTask"),
    ])
    func `points at what is wrong with a list of fields`(text: String, column: Int, sentence: String) {
        let message = complaint { _ = try TypedText.reading(text, as: .fieldsInvalid, list.fields) } ?? ""
        #expect(message.hasPrefix(sentence))
        #expect(message.contains("(column \(column))"))
    }

    @Test(arguments: [
        ("launch plan", ["launch", "plan"]), ("\"launch plan\" rev*", ["launch plan", "rev*"]),
        ("\"launch pl\"*", ["launch pl*"]), ("a\"b c\"d", ["a", "b c", "d"]),
        ("NEAR(a b) OR -c", ["NEAR(a", "b)", "OR", "-c"]),
        ("über café*", ["über", "café*"]), ("title:x ^y", ["title:x", "^y"]), ("x**", ["x**"]),
    ])
    func `reads words, phrases and beginnings`(text: String, terms: [String]) throws {
        #expect(try MatchReader.terms(in: text).map(\.shown) == terms)
    }

    @Test(arguments: ["", " ", "*", "%", "\"", "a \"b", "\"\"", "👍", "- -"])
    func `refuses words without a word`(text: String) {
        #expect(throws: TextFault.self) { try MatchReader.terms(in: text) }
    }
}
