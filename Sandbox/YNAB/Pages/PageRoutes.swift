import HTTPTypes
import Hummingbird
import SandboxKit

/// The pages for people, outside the API and without a token.
struct PageRoutes: Sendable {
    let ledger: Ledger<YNABState>

    func add(to router: Router<APIContext>) {
        let refusal = Page("Not from here · YNAB sandbox") { tag("h1") { "This request came from another site." } }
        let pages = router.group().add(middleware: OriginCheck(refusal: refusal))
        pages.get("/") { _, _ in Response.redirect(to: SettingsPage.path, type: .normal) }
        pages.get(RouterPath(SettingsPage.path)) { _, _ in try SettingsPage.page(ledger.current()).response() }
        pages.get(RouterPath(PageStyle.path)) { _, _ in PageStyle.response() }
    }
}
