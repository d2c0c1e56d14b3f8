import HTTPTypes
import Hummingbird
import SandboxKit

/// The pages for people, outside the API and without a token.
struct TokenPages: Sendable {
    let ledger: Ledger<GitHubState>

    func add(to router: Router<GitHubContext>) {
        let refusal = Page("GitHub sandbox") {
            tag("h1") { "That did not work" }
            tag("p") { "This request came from another site." }
        }
        let pages = router.group().add(middleware: OriginCheck(refusal: refusal))
        pages.get("/") { _, _ in try TokensPage.page(ledger.current()).response() }
        pages.get(RouterPath(TokensPage.path)) { _, _ in try TokensPage.page(ledger.current()).response() }
        pages.get(RouterPath(TokensPage.path + "/new")) { _, _ in try TokensPage.page(ledger.current()).response() }
        pages.get(RouterPath(PageStyle.path)) { _, _ in PageStyle.response() }
    }
}

/// The page that lists the tokens and what each fault does.
enum TokensPage {
    static let path = "/settings/personal-access-tokens"

    static func page(_ state: GitHubState) -> Page {
        Page("Personal access tokens · GitHub sandbox") {
            tag("h1") { "Personal access tokens" }
            tag("p") {
                "A double of GitHub on this machine: \(state.repositories.count) repositories and "
                "\(state.issues.values.reduce(0) { $0 + $1.count }) issues that do not exist. "
                "Select a token with a click and copy it."
            }
            tokens(state)
            tag("h2") { "Tokens that force a fault" }
            tag("p") { "Put one of these words right behind any token above to see how a program takes it." }
            faults()
        }
    }

    private static func tokens(_ state: GitHubState) -> PageElement {
        tag("table") {
            tag("thead") { row(["Person", "Kind", "Token"], cell: "th") }
            tag("tbody") {
                for person in [GitHubWorld.dana, GitHubWorld.erin] {
                    token(GitHubToken.fineGrained(of: person, seed: state.world.seed), "fine-grained", person, state)
                    token(GitHubToken.classic(of: person, seed: state.world.seed), "classic", person, state)
                }
            }
        }
    }

    private static func token(_ token: String, _ kind: String, _ person: Int, _ state: GitHubState) -> PageElement {
        tag("tr") {
            tag("td") { state.people[person].login }
            tag("td") { kind }
            tag("td") { tag("code") { token } }
        }
    }

    private static func faults() -> PageElement {
        tag("table") {
            tag("thead") { row(["Word", "What happens"], cell: "th") }
            tag("tbody") {
                for fault in GitHubFault.allCases {
                    tag("tr") {
                        tag("td") { tag("code") { fault.rawValue } }
                        tag("td") { fault.explanation }
                    }
                }
            }
        }
    }

    private static func row(_ cells: [String], cell: String) -> PageElement {
        tag("tr") { for text in cells { tag(cell) { text } } }
    }
}
