import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxSetup
import Testing

@testable import MaxConsole

/// The pages themselves: what they say, and what they never do.
@Suite struct PageTests {
    private let templates: Templates

    init() throws { templates = try Templates() }

    private static let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> & \"\u{301} {{csrf}}"

    /// Every view of a setup, each with hostile words wherever a connector has a say.
    private static let views: [FlowView] = {
        let step = StepView(id: "1", title: hostile, canGoBack: true)
        let link = URL(string: "javascript:alert(1)")!
        let problem = Problem("x", .permanent, hostile, fix: .link(title: hostile, url: link))
        let spec = FieldSpec(
            name: hostile, label: hostile, kind: .string, help: hostile, link: link, example: hostile,
            autocomplete: hostile)
        let choices = [Choice(hostile, value: hostile, detail: hostile)]
        let identity = Identity(id: hostile, label: hostile)
        return [
            .form(
                FormView(
                    step: step, fields: [FormField(spec: spec, value: .string(hostile), isHeld: false)],
                    problem: problem, notices: [hostile], sandboxOffer: hostile)),
            .choice(
                ChoiceView(
                    step: step, field: hostile, options: choices, isSearchable: true, query: hostile,
                    explanation: hostile, problem: problem, notices: [hostile])),
            .choice(
                ChoiceView(
                    step: step, field: "platform.same_account", options: choices,
                    question: .sameAccount(connection: ConnectionID(rawValue: "x"), slug: hostile, label: hostile))),
            .working(WorkingView(step: step, ladder: Ladder())),
            .open(OpenView(step: step, target: .consent(page: link), problem: nil)),
            .open(OpenView(step: step, target: .upload(accepts: [hostile], maximumBytes: 1), problem: problem)),
            .refused(problem),
            .finished(FinishedView(connection: ConnectionID(rawValue: "x"), identity: identity, updated: false)),
        ]
    }()

    @Test(arguments: views)
    func `shows hostile words as words`(view: FlowView) {
        let html = templates.render(Scenes.page(view))
        #expect(!html.contains("<script>"))
        #expect(!html.contains("<img src=x"))
        #expect(!html.contains("javascript:"))
        let scalars = Array(html.unicodeScalars)
        let isAccented = zip(scalars, scalars.dropFirst()).contains { $0 == "\"" && $1 == "\u{301}" }
        #expect(!isAccented, "a quotation mark under an accent is one still")
    }

    @Test(arguments: views)
    func `has one heading, landmarks, and nothing inline`(view: FlowView) {
        let html = templates.render(Scenes.page(view))
        #expect(html.ranges(of: "<h1>").count == 1)
        #expect(html.ranges(of: "<main ").count == 1)
        #expect(html.contains("class=\"skip\" href=\"#main\""))
        let inline = html.firstMatch(of: /\sstyle="|<style|\son[a-z]+="/)
        #expect(inline == nil)
        #expect(html.ranges(of: "<script").count == 1)
        let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        #expect(html.utf8.count < 60_000)
    }

    @Test func `speaks in the owner's words alone`() {
        for view in Scenes.plainViews {
            #expect(templates.render(Scenes.page(view)).wordsOfTheInside == [])
        }
        for notice in PageNotice.allCases { #expect(notice.sentence.wordsOfTheInside == []) }
    }

    @Test func `leads out of Max by the web alone`() throws {
        for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:", "mailto:a@b.c"] {
            let url = try #require(URL(string: address))
            #expect(LinkPart("x", url) == nil)
        }
        let url = try #require(URL(string: "https://acme.test/keys?a=1&b=2"))
        let problem = Problem("x", .permanent, "No.", fix: .link(title: "Keys", url: url))
        let html = templates.render(Scenes.page(.refused(problem)))
        let expected = "<a href=\"https://acme.test/keys?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">"
        #expect(html.contains(expected))
    }

    @Test func `leaves commands out of sentences for pages`() {
        #expect("Begin a new one with max connect.".onPage == nil)
        #expect("Set MAX_VAULT_KEY.".onPage == nil)
        #expect("Leave out --sandbox.".onPage == nil)
        #expect("The max is 12 characters.".onPage == nil)
        #expect("Choose another name.".onPage == "Choose another name.")
    }

    @Test func `narrows a long list, and says that more is there`() {
        let options = (1...400).map { Choice("Repository \($0)", value: "\($0)") }
        let view = ChoiceView(
            step: StepView(id: "1", title: "Repository", canGoBack: false), field: "repository", options: options)
        let html = templates.render(Scenes.page(.choice(view)))
        #expect(html.contains("250 more are not shown; search for them."))
        #expect(html.utf8.count < 60_000)
        let narrowed = ChoicePart(view, query: "399", action: "/")
        #expect(narrowed.options.map(\.value) == ["399"])
    }

    @Test func `keeps what every page loads small`() {
        #expect(Asset.script.bytes.count < 6 << 10)
        #expect(Asset.style.bytes.count < 20 << 10)
    }
}
