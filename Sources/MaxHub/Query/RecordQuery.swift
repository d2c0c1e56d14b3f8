/// A question to the store, every name in it checked.
package struct RecordQuery: Sendable, Hashable {
    package let entity: String
    /// The connections whose records are meant; never empty.
    package let connections: [ConnectionID]
    /// What has to hold; nil for every record.
    package var condition: Condition?
    /// The order; ties are broken by the order in which records first came, backwards when the last field is.
    package var order: [Ordering]
    /// The values to give back, each under the name of its path; nil for all fields, and what came besides them.
    package var fields: [FieldPath]?
    /// At most that many.
    package var limit: Int
    /// The cursor of an earlier page of the same question.
    package var after: String?

    package init(
        entity: String, connections: [ConnectionID], condition: Condition? = nil, order: [Ordering] = [],
        fields: [FieldPath]? = nil, limit: Int = 50, after: String? = nil
    ) {
        self.entity = entity
        self.connections = connections
        self.condition = condition
        self.order = order
        self.fields = fields
        self.limit = limit
        self.after = after
    }
}

/// What has to hold for a record.
///
/// It holds or does not: null is a value like any other, which equals itself, comes neither before nor after another, and
/// contains nothing.
package indirect enum Condition: Sendable, Hashable {
    /// Each of them; true when there is none.
    case all([Condition])
    /// At least one; false when there is none.
    case any([Condition])
    case not(Condition)
    case compare(FieldPath, Comparison, QueryValue)
    case oneOf(FieldPath, [QueryValue])
    /// Has the text in it, whatever the case of its letters.
    case contains(FieldPath, String)
    /// Begins with the text, whatever the case of its letters.
    case startsWith(FieldPath, String)
    case isNull(FieldPath)
    /// Has all the words, each as a whole word or as the beginning of one: in the title or text field named, or, without
    /// one, anywhere in the record's title and texts. Case and accents are ignored.
    case match(FieldPath?, [MatchTerm])
}

/// How two values are compared.
package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// The way to a value: over refs, to a field.
///
/// Where a ref is null or its record is not here, the value is null.
package struct FieldPath: Sendable, Hashable {
    /// The ref fields that are stepped over, each with the entity it leads to.
    package let steps: [Step]
    /// The field's name, or `id`.
    package let field: String
    package let kind: StoredField.Kind

    /// One ref.
    package struct Step: Sendable, Hashable {
        package let field: String
        package let entity: String

        package init(field: String, entity: String) {
            self.field = field
            self.entity = entity
        }
    }

    package init(steps: [Step] = [], field: String, kind: StoredField.Kind) {
        self.steps = steps
        self.field = field
        self.kind = kind
    }

    /// The text form, such as `assignee.email`.
    package var name: String { (steps.map(\.field) + [field]).joined(separator: ".") }
}

/// A value that fields are compared with, in the form in which they are stored.
package enum QueryValue: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
}

/// A word or a phrase to be found.
package struct MatchTerm: Sendable, Hashable {
    package let text: String
    /// Whether words that begin so are meant too.
    package let isPrefix: Bool

    package init(_ text: String, isPrefix: Bool = false) {
        self.text = text
        self.isPrefix = isPrefix
    }
}

/// A field to order by; null comes last in either direction.
package struct Ordering: Sendable, Hashable {
    package let path: FieldPath
    package let isDescending: Bool

    package init(_ path: FieldPath, isDescending: Bool = false) {
        self.path = path
        self.isDescending = isDescending
    }
}
