import MaxConnector
import MaxCore
import MaxHub
import MaxWire
import Testing

/// The form in which an agent sees a setup has no place for a secret.
struct AgentViewTests {
    private static let secret = FieldSpec(name: "password", label: "Password", kind: .secret)
    private static let step = StepView(id: "s", title: "Sign in", canGoBack: false)

    @Test(arguments: [
        secret, FieldSpec(name: "f", label: "F", kind: .file(maximumBytes: 9)),
        FieldSpec(name: "l", label: "L", kind: .list(of: .secret)),
        FieldSpec(name: "o", label: "O", kind: .object([secret])),
        FieldSpec(
            name: "n", label: "N", kind: .list(of: .object([.init(name: "p", label: "P", kind: .object([secret]))]))),
        FieldSpec(
            name: "v", label: "V",
            kind: .oneOf(
                discriminator: "d",
                [FieldVariant("A", value: "a", fields: []), FieldVariant("B", value: "b", fields: [secret])])),
    ])
    func `cannot say a secret, however deep it lies`(spec: FieldSpec) {
        #expect(PlainFieldBody(spec) == nil)
        let plain = FormField(spec: FieldSpec(name: "user", label: "User", kind: .string), value: "dana", isHeld: false)
        let hidden = FormField(spec: spec, value: nil, isHeld: true)
        let form = FormView(step: Self.step, fields: [plain, hidden], problem: nil, notices: [])
        #expect(AgentViewBody(.form(form)) == nil)
    }

    @Test func `shows the way to the owner in place of a form, and nothing of the form`() throws {
        let problem = Problem("credential_refused", .auth, "Mail refused this password.", field: "password")
        let hidden = FormField(spec: Self.secret, value: nil, isHeld: true)
        let form = FormView(step: Self.step, fields: [hidden], problem: problem, notices: ["Removed a line break."])
        let body = try JSON(encoding: AgentViewBody(owners: .form(form), link: "http://localhost/link/x"))
        #expect(
            body == [
                "kind": "open", "open": ["kind": "owner_link", "url": "http://localhost/link/x"],
                "step": ["id": "s", "title": "Sign in", "canGoBack": false],
                "problem": ["code": "credential_refused", "message": "Mail refused this password.", "kind": "auth"],
            ])
    }

    @Test func `says everything else as the owner sees it`() throws {
        let kinds: [FieldKind] = [
            .string, .url, .email, .integer(minimum: 1, maximum: 9), .decimal, .boolean, .date,
            .choice([Choice("A", value: "a")]), .choices([Choice("B", value: "b", detail: "more")]), .list(of: .string),
            .object([FieldSpec(name: "x", label: "X", kind: .string)]),
            .oneOf(discriminator: "d", [FieldVariant("A", value: "a", fields: [])]),
        ]
        let fields = kinds.enumerated().map { place, kind in
            FormField(
                spec: FieldSpec(name: "f\(place)", label: "F", kind: kind, help: "Help.", fallback: "x"), value: "v",
                isHeld: false)
        }
        let view = FlowView.form(
            FormView(step: Self.step, fields: fields, problem: nil, notices: [], sandboxOffer: "Try it."))
        #expect(try JSON(encoding: #require(AgentViewBody(view))) == JSON(encoding: ViewBody(view)))
    }
}
