package import Foundation

/// One line of the record of who touched which secret and why.
package struct AuditEntry: Sendable, Hashable {
    package let at: Date
    package let action: Action
    package let connection: ConnectionID?
    /// The credential's name.
    package let field: String?
    /// What it was for, such as `setup`.
    package let purpose: String
    /// How often it happened since the last line of the same kind.
    package let count: Int

    /// What was done.
    package enum Action: String, Sendable, Hashable, Codable {
        case seal
        case open
        case delete
        case rotate
        case refuse
    }

    package init(
        at: Date, action: Action, connection: ConnectionID?, field: String?, purpose: String, count: Int = 1
    ) {
        self.at = at
        self.action = action
        self.connection = connection
        self.field = field
        self.purpose = purpose
        self.count = count
    }
}
