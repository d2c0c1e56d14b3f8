import Hummingbird
import SandboxKit

/// The selection and order that a request wants issues or comments in.
struct IssueOrder: Sendable {
    private let since: String?
    private let state: String
    private let isByUpdate: Bool
    private let isAscending: Bool

    /// Reads `since`, `state`, `sort` and `direction`, each with GitHub's own default.
    init(_ request: Request) {
        let query = { (name: Substring) in request.uri.queryParameters[name].map(String.init) }
        since = query("since")
        state = query("state") ?? "open"
        isByUpdate = query("sort") == "updated"
        isAscending = query("direction") == "asc"
    }

    func sorted(_ issues: [Issue]) -> [Issue] {
        let wanted = issues.filter { issue in
            (state == "all" || (state == "open") == (issue.closedAt == nil)) && isWanted(issue.updatedAt)
        }
        return ordered(wanted) { isByUpdate ? ($0.updatedAt, $0.id) : ($0.createdAt, $0.id) }
    }

    func sorted(_ comments: [Comment]) -> [Comment] {
        ordered(comments.filter { isWanted($0.updatedAt) }) {
            isByUpdate ? ($0.updatedAt, $0.id) : ($0.createdAt, $0.id)
        }
    }

    /// Compares moments as texts, which sort alike when both are in UTC.
    private func isWanted(_ moment: Timestamp) -> Bool { since.map { moment.text >= $0 } ?? true }

    private func ordered<Item>(_ items: [Item], by key: (Item) -> (Timestamp, Int)) -> [Item] {
        let ascending = items.sorted { key($0) < key($1) }
        return isAscending ? ascending : ascending.reversed()
    }
}
