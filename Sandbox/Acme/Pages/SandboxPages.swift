import SandboxKit

extension Page {
    /// Says what this is and where to go.
    static func home(_ tenant: TenantState) -> Page {
        let size = tenant.world.size
        return Page("Acme sandbox") {
            tag("h1") { "Acme sandbox" }
            tag("p") {
                "A provider that does not exist, for trying out and testing programs that talk to one. "
                "Its tenant is called \(tenant.world.tenantName) and begins with \(size.workspaces) workspaces, "
                "\(size.users) users, \(size.projects) projects, \(size.tasks) tasks and \(size.files) files. "
                "The same seed (\(tenant.world.seed)) gives the same tenant."
            }
            tag("p") { tag("a", ["href": SettingsPage.path]) { "Copy an API key" } }
            tag("h2") { "Try it" }
            tag("pre") { "curl -H 'Authorization: Bearer acme_…' http://…/api/v1/me" }
        }
    }

    static func refusal(_ sentence: String) -> Page {
        Page("Acme") {
            tag("h1") { "That did not work" }
            tag("p") { sentence }
            tag("p") { tag("a", ["href": SettingsPage.path]) { "Back to the API keys" } }
        }
    }
}
