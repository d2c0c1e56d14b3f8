/// One member of a JSON object; a list of them keeps the order in which they are written.
package struct JSONField: Sendable, Hashable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }

    package init(_ name: String, _ text: String) { self.init(name, .string(text)) }
    package init(_ name: String, _ moment: Timestamp) { self.init(name, .string(moment.text)) }
}
