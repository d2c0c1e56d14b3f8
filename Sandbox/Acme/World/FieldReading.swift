import SandboxKit

/// Readings of one given field, each refusing what does not fit.
struct FieldReading {
    let field: String
    let value: JSONValue

    init(_ field: String, _ value: JSONValue) {
        self.field = field
        self.value = value
    }

    func problem(_ reason: String) -> FieldProblem { FieldProblem(field: field, reason: reason) }

    /// Reads text of at most `limit` characters; an empty one only where allowed.
    func text(limit: Int = 500, mayBeEmpty: Bool = false) throws(FieldProblem) -> String {
        guard case .string(let text) = value else { throw problem("must be a string") }
        guard text.count <= limit else { throw problem("must have at most \(limit) characters") }
        guard mayBeEmpty || text.allSatisfy(\.isWhitespace) == false else { throw problem("must not be blank") }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) throws(FieldProblem) -> Choice
    where Choice.RawValue == String {
        if case .string(let text) = value, let choice = Choice(rawValue: text) { return choice }
        throw problem("must be one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }

    func number(_ range: ClosedRange<Int>) throws(FieldProblem) -> Int {
        guard case .int(let number) = value, range.contains(number) else {
            throw problem("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Reads a calendar day as in `2026-01-05`.
    func day() throws(FieldProblem) -> String {
        if case .string(let text) = value {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            if parts.map(\.utf8.count) == [4, 2, 2], parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
                let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
            {
                return text
            }
        }
        throw problem("must be a day such as 2026-01-05")
    }

    /// Reads the id of a user of a workspace.
    func user(of workspace: Int?, in tenant: TenantState) throws(FieldProblem) -> Int {
        if case .string(let id) = value, let user = tenant.find(User.self, id), user.workspace == workspace {
            return user.index
        }
        throw problem("must be the id of a user of the same workspace")
    }

    var isNull: Bool { value == .null }
}
