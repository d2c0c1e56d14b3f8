/// Where in a form a question stands: what its control is called when it is sent, and what the page calls it.
struct FieldPlace: Sendable, Hashable {
    /// The name in the form: the connector's own, and below it the parts joined by dots.
    let name: String
    /// Unique on the page.
    let id: String

    /// What the console's own controls are called.
    private static let reserved: Set<String> = ["csrf", "revision", "do", "query", "username"]

    /// The place of a whole question.
    ///
    /// - Parameter number: The question's place on the page.
    init(_ field: String, number: Int) {
        name = Self.name(of: field)
        id = "field-\(number)"
    }

    private init(name: String, id: String) { (self.name, self.id) = (name, id) }

    /// The name of a question's control.
    static func name(of field: String) -> String { reserved.contains(field) ? "field.\(field)" : field }

    /// The place of a part of the question.
    func part(_ part: String, number: Int) -> FieldPlace {
        FieldPlace(name: "\(name).\(part)", id: "\(id)-\(number)")
    }

    /// The place of one option of the question.
    func option(_ number: Int) -> FieldPlace { FieldPlace(name: name, id: "\(id)-\(number)") }
}
