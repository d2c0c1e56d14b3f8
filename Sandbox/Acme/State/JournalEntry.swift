import SandboxKit

/// One line of the journal: something that changed the tenant, when and by whom.
struct JournalEntry: Sendable, Codable {
    let at: Timestamp
    /// The user whose key did it; nil for the settings page.
    let actor: Int?
    let event: Event

    /// Whether nobody is told of it.
    var isSilent: Bool { if case .deleted(_, _, true?) = event { true } else { false } }

    /// What can change a tenant.
    ///
    /// A thing is named by its kind and place; fields are as the API takes them.
    enum Event: Sendable, Codable {
        case created(kind: EntityKind, index: Int, parent: Int, fields: [String: JSONValue])
        case changed(kind: EntityKind, index: Int, fields: [String: JSONValue])
        /// With `silently` the change feed and the webhooks are not told.
        case deleted(kind: EntityKind, index: Int, silently: Bool? = nil)
        case keyCreated(KeyRing.Entry)
        case keyRevoked(id: String)
        case keyUsed(String)
        case webhookAdded(Webhook)
        case webhookRemoved(id: String)
    }
}
