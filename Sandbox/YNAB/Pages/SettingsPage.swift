import SandboxKit

/// The page that lists people, their tokens and the faults a token can force.
enum SettingsPage {
    static let path = "/settings/developer"

    static func page(_ state: YNABState) -> Page {
        Page("Developer settings · YNAB sandbox") {
            tag("h1") { "Personal access tokens" }
            tag("p") { "A token opens everything of the person it belongs to. Select one with a click and copy it." }
            table(["Person", "Budgets", "Token"]) {
                for person in state.people {
                    tag("tr") {
                        tag("td") { person.name }
                        tag("td") { person.plans.map { state.plans[$0].name }.joined(separator: ", ") }
                        tag("td") { tag("code") { person.token } }
                    }
                }
            }
            tag("h2") { "Tokens that force a fault" }
            tag("p") { "Put one of these endings behind any token above to see how a program takes it." }
            table(["Ending", "What happens"]) {
                for fault in YNABFault.allCases {
                    tag("tr") {
                        tag("td") { tag("code") { "_" + fault.rawValue } }
                        tag("td") { fault.explanation }
                    }
                }
            }
        }
    }

    private static func table(_ headings: [String], @PageBuilder _ rows: () -> [PageElement]) -> PageElement {
        let rows = rows()
        return tag("table") {
            tag("thead") { tag("tr") { for text in headings { tag("th") { text } } } }
            PageElement.element("tbody", [:], rows)
        }
    }
}
