import SandboxKit

/// The page that lists people and keys, makes new keys and revokes old ones.
enum SettingsPage {
    static let path = "/settings/api-keys"

    static func page(_ tenant: TenantState) -> Page {
        Page("API keys · Acme") {
            tag("p", ["class": "crumb"]) { tag("a", ["href": "/"]) { tenant.world.tenantName } }
            tag("h1") { "API keys" }
            tag("p") { "A key acts for the person it belongs to. Select one with a click and copy it." }
            keys(tenant)
            tag("h2") { "New key" }
            form(tenant)
            tag("h2") { "Keys that force a fault" }
            tag("p") { "Put one of these endings behind any key above to see how a program takes it." }
            faults()
        }
    }

    private static func keys(_ tenant: TenantState) -> PageElement {
        tag("table") {
            tag("thead") { row(["Person", "Key", "For", "May", ""], cell: "th") }
            tag("tbody") {
                for entry in tenant.keys.entries {
                    tag("tr", ["id": entry.id, "class": entry.revoked ? "revoked" : "live"]) {
                        tag("td") { person(entry.user, tenant) }
                        tag("td") { tag("code") { entry.key } }
                        tag("td") { entry.label }
                        tag("td") { entry.readOnly ? "read" : "read and write" }
                        tag("td") { entry.revoked ? .text("revoked") : revocation(entry) }
                    }
                }
            }
        }
    }

    private static func revocation(_ entry: KeyRing.Entry) -> PageElement {
        tag("form", ["method": "post", "action": "\(path)/\(entry.id)/revoke"]) {
            tag("button", ["class": "quiet"]) { "Revoke" }
        }
    }

    private static func form(_ tenant: TenantState) -> PageElement {
        tag("form", ["method": "post", "action": path, "class": "new"]) {
            tag("label") {
                "Person"
                tag("select", ["name": "person"]) {
                    for user in people(tenant) {
                        tag("option", ["value": user.id(in: tenant.world)]) { "\(user.name) (\(user.email))" }
                    }
                }
            }
            tag("label") {
                "What it is for"
                tag("input", ["name": "label", "required": "", "maxlength": "80", "placeholder": "My program"])
            }
            tag("label", ["class": "check"]) {
                tag("input", ["type": "checkbox", "name": "read_only", "value": "on"])
                "It may only read"
            }
            tag("button") { "Create key" }
        }
    }

    /// The first people of the tenant; a list of thousands would be no help.
    private static func people(_ tenant: TenantState) -> [User] {
        tenant.users.indexes(under: 0, after: nil, limit: 50, in: tenant.world)
            .compactMap { tenant.users.item($0, in: tenant.world) }
    }

    private static func person(_ index: Int, _ tenant: TenantState) -> String {
        tenant.users.item(index, in: tenant.world).map { "\($0.name) · \($0.email)" } ?? "nobody"
    }

    private static func faults() -> PageElement {
        tag("table") {
            tag("thead") { row(["Ending", "What happens"], cell: "th") }
            tag("tbody") {
                for fault in AcmeFault.allCases {
                    tag("tr") {
                        tag("td") { tag("code") { "_" + fault.rawValue } }
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
