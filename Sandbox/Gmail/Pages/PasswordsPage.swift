import Hummingbird
import NIOCore
import SandboxKit

/// The page that lists the accounts, their passwords, and the faults that a password can force.
enum PasswordsPage {
    static let path = "/apppasswords"

    /// The routes for people, beside the mail server.
    static func router(_ logins: [GmailLogin]) -> Router<PageContext> {
        let router = Router(context: PageContext.self)
        let refusal = Page("Not from here · Gmail sandbox") { tag("h1") { "This request came from another site." } }
        router.add(middleware: OriginCheck(refusal: refusal))
        router.get("/") { _, _ in Response.redirect(to: path, type: .normal) }
        router.get(RouterPath(path)) { _, _ in page(logins).response() }
        router.get(RouterPath(PageStyle.path)) { _, _ in PageStyle.response() }
        return router
    }

    private static func page(_ logins: [GmailLogin]) -> Page {
        Page("App passwords · Gmail sandbox") {
            tag("h1") { "App passwords" }
            tag("p") { "Each opens the mail of its address. Select one with a click and copy it." }
            table(["Address", "Password"], logins.map { ($0.address, $0.password) }, coded: [1])
            tag("h2") { "Passwords that force a fault" }
            tag("p") { "Put one of these endings behind the first password to see how a program takes it." }
            let faults = GmailFault.allCases.map { ("_\($0.rawValue)", $0.explanation) }
            table(["Ending", "What happens"], faults, coded: [0])
        }
    }

    private static func table(
        _ headings: [String], _ rows: [(String, String)], coded: Set<Int>
    ) -> PageElement {
        tag("table") {
            tag("thead") { tag("tr") { for text in headings { tag("th") { text } } } }
            tag("tbody") {
                for row in rows {
                    tag("tr") {
                        for (column, text) in [row.0, row.1].enumerated() {
                            tag("td") { coded.contains(column) ? tag("code") { text } : .text(text) }
                        }
                    }
                }
            }
        }
    }
}

/// What a request for a page carries.
struct PageContext: SandboxContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
