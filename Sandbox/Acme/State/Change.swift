import SandboxKit

/// One line of the change feed: a thing that was written or deleted, as it was then.
struct Change: Sendable {
    enum Operation: String { case upsert, delete }

    /// Counts up from 1 over the whole tenant.
    let sequence: Int
    let workspace: Int
    let kind: EntityKind
    let id: String
    let operation: Operation
    let at: Timestamp
    /// What the API showed after the change; empty after a deletion.
    let item: [JSONField]
    /// Whether neither the feed nor a webhook tells it.
    let isSilent: Bool

    func write(to json: inout JSONWriter) {
        json.object {
            $0.field("type", kind.rawValue)
            $0.field("id", id)
            $0.field("op", operation.rawValue)
            $0.field("at", at.text)
            if operation == .upsert { $0.member("item") { $0.object { $0.fields(item) } } }
        }
    }
}
