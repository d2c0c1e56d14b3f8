/// The fields of a form, in their order; a name may come several times.
package struct FormBody: Sendable {
    /// The name of the field that proves where a form comes from.
    package static let csrfField = "csrf"

    /// Every field but that one.
    package let fields: [Field]
    /// What that one held.
    let csrf: String?

    /// One field with its value; an empty value counts as one.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    init(_ fields: [Field]) {
        self.fields = fields.filter { $0.name != Self.csrfField }
        csrf = fields.first { $0.name == Self.csrfField }?.value
    }

    /// The first value of that name.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Every value of that name.
    package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

/// What is typed into a form may be a secret: neither is shown by accident.
extension FormBody: CustomStringConvertible, CustomReflectable {
    package var description: String { "form with \(fields.count) fields" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension FormBody.Field: CustomStringConvertible, CustomReflectable {
    package var description: String { name }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
