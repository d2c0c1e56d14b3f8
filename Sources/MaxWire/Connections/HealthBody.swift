package import Foundation
package import MaxHub

/// How a connection is, as it is sent.
package struct HealthBody: Codable, Sendable, Hashable {
    /// `setting_up`, `active`, `paused`, `disconnected` or `locked`.
    package let setup: String
    /// `never`, `waiting`, `running`, `complete`, `partial`, `failed`, `stopped` or `broken_off`.
    package let sync: String
    /// When everything was last collected.
    package let freshAt: Date?
    /// How many records are stored.
    package let records: Int
    /// How many have come in the sync that is under way.
    package let incoming: Int
    /// Why the newest sync did not collect everything.
    package let problem: ProblemBody?
    /// `sync` or `reconnect`: the one thing that mends it.
    package let action: String?

    /// Puts a state into its form for sending.
    package init(_ health: ConnectionHealth) {
        (setup, sync, action) = (health.setup.rawValue, health.sync.rawValue, health.action?.rawValue)
        (freshAt, records, incoming) = (health.freshAt, health.records, health.incoming)
        problem = health.problem.map { ProblemBody($0) }
    }
}
