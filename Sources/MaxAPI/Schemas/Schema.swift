internal import MaxCore

/// What a JSON value looks like: written into the document, and held against what is sent to Max.
indirect enum Schema: Sendable {
    /// Any value.
    case any
    case text(Text = Text())
    case integer(ClosedRange<Int>?)
    case number
    case boolean
    case list(Schema, most: Int? = nil)
    /// An object with whatever names.
    case map(Schema)
    /// The value, or null.
    case nullable(Schema)
    /// An object described once.
    case shape(Shape)

    /// What a text looks like.
    struct Text: Sendable {
        /// The words it can be; nil for any.
        var words: [String]?
        /// A format of JSON Schema, such as `date-time`.
        var format: String?
        var most: Int?
    }

    static let text = Schema.text()
    static let time = Schema.text(Text(format: "date-time"))
    static let integer = Schema.integer(nil)
    static let count = Schema.integer(0...Int.max)

    /// One of some words.
    static func words(_ words: String...) -> Schema { .text(Text(words: words)) }
    /// A text of so many characters at most.
    static func text(atMost most: Int) -> Schema { .text(Text(most: most)) }
}

/// An object with a name of its own in the document.
struct Shape: Sendable {
    let name: String
    let summary: String
    let members: [Member]

    /// One member of an object.
    struct Member: Sendable {
        let name: String
        let schema: Schema
        let summary: String
        let isRequired: Bool

        static func always(_ name: String, _ schema: Schema, _ summary: String) -> Member {
            Member(name: name, schema: schema, summary: summary, isRequired: true)
        }

        static func maybe(_ name: String, _ schema: Schema, _ summary: String) -> Member {
            Member(name: name, schema: schema, summary: summary, isRequired: false)
        }
    }

    init(_ name: String, _ summary: String, _ members: [Member]) {
        (self.name, self.summary, self.members) = (name, summary, members)
    }
}
