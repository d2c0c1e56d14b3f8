/// One line of the journal: something that changed the tenant, when and by whom.
struct JournalEntry: Sendable, Codable {
    let at: Timestamp
    /// The user whose key did it; nil for the settings page.
    let actor: Int?
    let event: Event

    /// What can change a tenant.
    ///
    /// A thing is named by its kind and place; fields are as the API takes them.
    enum Event: Sendable, Codable {
        case created(kind: EntityKind, index: Int, parent: Int, fields: [String: JSONValue])
        case changed(kind: EntityKind, index: Int, fields: [String: JSONValue])
        case deleted(kind: EntityKind, index: Int)
        case keyCreated(KeyRing.Entry)
        case keyRevoked(id: String)
        case keyUsed(String)
        case webhookAdded(Webhook)
        case webhookRemoved(id: String)
    }
}
