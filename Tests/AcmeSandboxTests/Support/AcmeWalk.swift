import BareClient
import SandboxKit

@testable import AcmeSandbox

extension AcmeProbe {
    /// Follows a list from page to page.
    func all(_ path: String, limit: Int) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: String?
        repeat {
            let separator = path.contains("?") ? "&" : "?"
            let page = try await get(path + separator + "limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""))
            let found = try page.items
            items += found
            cursor = try page.json["next_cursor"] == .null ? nil : page.json["next_cursor"].text
        } while cursor != nil
        return items
    }

    func firstWorkspace() async throws -> String { try await get("/api/v1/workspaces").items[0]["id"].text }

    func firstProject() async throws -> String {
        try await get("/api/v1/workspaces/\(firstWorkspace())/projects").items[0]["id"].text
    }

    /// A task of the first project that has any.
    func firstTask() async throws -> String {
        for project in try await get("/api/v1/workspaces/\(firstWorkspace())/projects").json["items"].ids {
            if let task = try await get("/api/v1/projects/\(project)/tasks").json["items"].ids.first { return task }
        }
        return ""
    }
}
