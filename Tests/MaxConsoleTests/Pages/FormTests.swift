import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxSetup
import Testing

@testable import MaxConsole

/// The forms that a connector's author wrote, as they are shown and read.
@Suite struct FormTests {
    private let templates: Templates

    init() throws { templates = try Templates() }

    @Test(arguments: Scenes.kinds)
    func `shows every kind of question with a label, unique ids and a name`(kind: FieldKind) throws {
        let html = templates.render(Scenes.page(Scenes.form([Scenes.field(kind)])))
        let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let shown = html.replacing(/<input type="hidden"[^>]*>/, with: "")
        for control in shown.matches(of: /<(?:input|select|textarea) id="([^"]+)"/) {
            #expect(html.contains("<label for=\"\(control.1)\""), "\(control.1)")
        }
        #expect(shown.contains("name=\"thing"))
    }

    @Test func `never sends a secret back, and says what becomes of it`() {
        let field = FormField(
            spec: FieldSpec(name: "key", label: "Key", kind: .secret, autocomplete: "current-password"),
            value: "leaked", isHeld: true, destination: "mail.test")
        let html = templates.render(Scenes.page(Scenes.form([field])))
        #expect(!html.contains("leaked"))
        #expect(html.contains("One is held; leave this empty to keep it."))
        #expect(
            html.contains(
                "Max stores this encrypted on YOUR server. It is never shared with apps or agents. "
                    + "It goes to mail.test, and nowhere else."))
        #expect(html.contains("type=\"password\" value=\"\" autocomplete=\"current-password\" spellcheck=\"false\""))
    }

    @Test func `tells a problem at its question`() {
        let problem = Problem("refused", .auth, "Acme rejected this.", field: "thing", fix: .action("Make another."))
        let html = templates.render(Scenes.page(Scenes.form([Scenes.field(.string)], problem: problem)))
        #expect(html.contains("aria-describedby=\"field-1-problem\" aria-invalid=\"true\" autofocus"))
        #expect(html.contains("id=\"field-1-problem\" role=\"alert\""))
        #expect(html.contains("Acme rejected this. Make another."))
    }

    @Test func `tells a problem of no question above the form`() {
        let html = templates.render(
            Scenes.page(Scenes.form([Scenes.field(.string)], problem: Problem("x", .permanent, "It is down."))))
        #expect(html.contains("role=\"alert\""))
        #expect(!html.contains("aria-invalid"))
    }

    @Test func `keeps a connector's field apart from the form's own`() {
        let field = Scenes.field(.string, name: "csrf")
        let html = templates.render(Scenes.page(Scenes.form([field])))
        #expect(html.contains("name=\"field.csrf\""))
        let answers = TypedForm([("csrf", "proof"), ("field.csrf", "hello")]).answers(to: [field])
        #expect(answers["csrf"]?.json == "hello")
    }

    /// A kind of question, what was typed, and what it means.
    struct Typing: Sendable {
        let kind: FieldKind
        let typed: [(name: String, value: String)]
        let meant: JSON

        init(_ kind: FieldKind, _ typed: [(name: String, value: String)], _ meant: JSON) {
            (self.kind, self.typed, self.meant) = (kind, typed, meant)
        }
    }

    private static let part = [FieldSpec(name: "n", label: "N", kind: .string)]
    private static let number = [FieldSpec(name: "n", label: "N", kind: .integer())]

    static let typings: [Typing] = [
        Typing(.string, [("thing", " text ")], " text "),
        Typing(.integer(), [("thing", "7")], "7"),
        Typing(.boolean, [("thing", "true")], true),
        Typing(.boolean, [], false),
        Typing(.choices([]), [("thing", "1"), ("thing", "2")], ["1", "2"]),
        Typing(.list(of: .string), [("thing", "a\r\nb, c\r\n\r\n")], ["a", "b, c"]),
        Typing(.list(of: .integer()), [("thing", "1\n2")], [1, 2]),
        Typing(.object(number), [("thing.n", "3")], ["n": 3]),
        Typing(
            .list(of: .object(part)), [("thing.0.n", "a"), ("thing.1.n", ""), ("thing.2.n", "c")],
            [["n": "a"], ["n": "c"]]),
        Typing(
            .oneOf(discriminator: "by", [FieldVariant("A", value: "a", fields: part)]),
            [("thing.by", "a"), ("thing.a.n", "x")], ["by": "a", "n": "x"]),
    ]

    @Test(arguments: typings)
    func `reads what was typed`(typing: Typing) {
        let answers = TypedForm(typing.typed).answers(to: [Scenes.field(typing.kind)])
        #expect(answers["thing"]?.json == typing.meant)
    }

    @Test func `leaves a held secret alone when nothing was typed`() {
        let field = Scenes.field(.secret, isHeld: true)
        #expect(TypedForm([("thing", "")]).answers(to: [field]).isEmpty)
        #expect(TypedForm([("thing", "new")]).answers(to: [field])["thing"]?.isSecret == true)
    }

    @Test func `is not printed`() {
        #expect("\(TypedForm([("key", "hunter2")]))" == "form with 1 fields")
        var dumped = ""
        dump(TypedForm([("key", "hunter2")]), to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}

extension GivenValue {
    fileprivate var json: JSON? { if case .plain(let json) = self { json } else { nil } }
    fileprivate var isSecret: Bool { if case .secret = self { true } else { false } }
}
