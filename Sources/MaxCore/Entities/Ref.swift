/// The address of one record: its entity, the provider's id, and the connection it belongs to.
///
/// Its text form is `AcmeTask/tsk_1` inside a connection and `acme-dana:AcmeTask/tsk_1` across connections.
public struct Ref: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The entity's name.
    public let entity: String
    /// The provider's stable id.
    public let id: String
    /// The connection it belongs to.
    public let scope: Scope

    /// Creates an address.
    public init(_ entity: String, _ id: String, in scope: Scope = .local) {
        self.entity = entity
        self.id = id
        self.scope = scope
    }

    /// Creates the address of an entity's record.
    public init(_ entity: any Entity.Type, _ id: String, in scope: Scope = .local) {
        self.init(entity.definition.name, id, in: scope)
    }

    /// Parses the text form; nil when it is none.
    public init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        let head = text[..<slash].split(separator: ":", omittingEmptySubsequences: false)
        let id = text[text.index(after: slash)...]
        guard let entity = head.last, !entity.isEmpty, !id.isEmpty, head.count <= 2, head.first?.isEmpty == false
        else { return nil }
        self.init(String(entity), String(id), in: head.count == 2 ? .connection(String(head[0])) : .local)
    }

    /// The text form.
    public var description: String {
        switch scope {
        case .local: "\(entity)/\(id)"
        case .connection(let slug): "\(slug):\(entity)/\(id)"
        }
    }
}

/// Where a reference is to be looked up.
public enum Scope: Sendable, Hashable, Codable {
    /// In the connection at hand.
    case local
    /// In the connection with that slug.
    case connection(String)
}
