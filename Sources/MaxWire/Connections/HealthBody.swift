package import Foundation
package import MaxHub

/// How a connection is, as it is sent.
package struct HealthBody: Codable, Sendable, Hashable {
    /// `setting_up`, `active`, `waiting`, `needs_attention`, `paused`, `disconnected` or `locked`.
    package let headline: String
    /// The headline for people.
    package let title: String
    /// What is to be known besides, for people; empty when there is nothing.
    package let sentence: String
    /// `setting_up`, `active`, `paused`, `disconnected` or `locked`.
    package let setup: String
    /// `never`, `waiting`, `running`, `complete`, `partial`, `failed`, `stopped` or `broken_off`.
    package let sync: String
    /// `never`, `fresh`, `due`, `stale` or `unknown`.
    package let freshness: String
    /// When everything was last collected.
    package let freshAt: Date?
    /// When it is synced again by itself.
    package let nextAt: Date?
    /// How many records are stored.
    package let records: Int
    /// How many have come in the sync that is under way.
    package let incoming: Int
    /// Why the newest sync did not collect everything.
    package let problem: ProblemBody?
    /// The failures in a row that all have one cause.
    package let setback: SetbackBody?
    /// `sync`, `reconnect`, `resume`, `server_setting` or `wait`: the one thing that mends it.
    package let action: String?
    /// The server's setting that is missing, for `server_setting`.
    package let setting: String?

    /// Puts a state into its form for sending.
    package init(_ health: ConnectionHealth) {
        (headline, title, sentence) = (health.headline.rawValue, health.headline.title, health.sentence)
        (setup, sync, freshness) = (health.setup.rawValue, health.sync.rawValue, health.freshness.rawValue)
        (freshAt, nextAt) = (health.freshAt, health.nextAt)
        (records, incoming) = (health.records, health.incoming)
        problem = health.problem.map { ProblemBody($0) }
        setback = health.setback.map { SetbackBody($0) }
        action = health.action?.kind
        setting = if case .serverSetting(let name) = health.action { name } else { nil }
    }
}

/// Failures in a row that have one cause, as they are sent.
package struct SetbackBody: Codable, Sendable, Hashable {
    /// The problem's name for programs.
    package let code: String
    package let count: Int
    package let since: Date

    init(_ setback: Setback) { (code, count, since) = (setback.code, setback.count, setback.since) }
}
