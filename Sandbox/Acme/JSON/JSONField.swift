/// One member of a JSON object; a list of them keeps the order in which they are written.
struct JSONField: Sendable, Hashable {
    let name: String
    let value: JSONValue

    init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ text: String) { self.init(name, .string(text)) }
    init(_ name: String, _ moment: Timestamp) { self.init(name, .string(moment.text)) }
}
