package import Foundation
package import MaxCore

/// How a connection is: three answers that are never mixed, one headline, one sentence, and at most one thing to do.
///
/// It is computed from stored facts by ``project(_:at:)`` and nowhere else; every surface prints it as it is.
package struct ConnectionHealth: Sendable, Hashable {
    /// The answers in two words.
    package let headline: Headline
    /// What is to be known besides, in a few words for the owner; empty when there is nothing.
    package let sentence: String
    package let action: Action?
    package let setup: Setup
    package let sync: Sync
    package let freshness: Freshness
    /// When everything was last collected; nil when it never was.
    package let freshAt: Date?
    /// When it is synced again by itself, as long as a server runs; nil when it is not.
    package let nextAt: Date?
    /// How many records are stored.
    package let records: Int
    /// How many have come in the sync that is under way.
    package let incoming: Int
    /// Why the newest sync did not collect everything.
    package let problem: Problem?
    /// The failures in a row that all have one cause.
    package let setback: Setback?
    /// When its credential stops working, as far as anybody knows.
    package let credentialEnd: CredentialEnd?

    /// The same without the words that change with every minute, for comparing.
    package var ageless: ConnectionHealth {
        ConnectionHealth(
            headline: headline, sentence: "", action: action, setup: setup, sync: sync, freshness: freshness,
            freshAt: freshAt, nextAt: nextAt, records: records, incoming: incoming, problem: problem,
            setback: setback, credentialEnd: credentialEnd)
    }

    /// How it is, in two words.
    package enum Headline: String, Sendable, Hashable, Codable, CaseIterable {
        case settingUp = "setting_up"
        case active
        /// The provider cannot be collected from for now, and Max tries again by itself.
        case waiting
        /// Nothing comes any more until the owner does something.
        case needsAttention = "needs_attention"
        case paused
        case disconnected
        /// A key of the vault is missing on this machine.
        case locked

        /// For people.
        package var title: String {
            switch self {
            case .settingUp: "Setting up"
            case .active: "Active"
            case .waiting: "Waiting"
            case .needsAttention: "Needs attention"
            case .paused: "Paused"
            case .disconnected: "Disconnected"
            case .locked: "Locked"
            }
        }
    }

    /// Whether it may be collected from.
    package enum Setup: String, Sendable, Hashable, Codable, CaseIterable {
        case settingUp = "setting_up"
        case active
        case paused
        case disconnected
        /// A key of the vault is missing on this machine.
        case locked
    }

    /// How the newest sync stands.
    package enum Sync: String, Sendable, Hashable, Codable, CaseIterable {
        /// There was none, and none is asked for.
        case never
        /// It is asked for, and nobody has begun it.
        case waiting
        case running
        case complete
        /// Some of it could not be had.
        case partial
        case failed
        /// Somebody stopped it.
        case stopped
        /// Its process is gone.
        case brokenOff = "broken_off"
    }

    /// How old the newest complete collection is, by the measure of its schedule.
    package enum Freshness: String, Sendable, Hashable, Codable, CaseIterable {
        /// Everything was never collected.
        case never
        /// As new as the schedule promises.
        case fresh
        /// The next sync is overdue.
        case due
        /// Three syncs or more are missing.
        case stale
        /// It lies in the future: this machine's clock was set back.
        case unknown
    }

    /// What mends it.
    package enum Action: Sendable, Hashable, Codable {
        /// Collecting again.
        case sync
        /// Another credential.
        case reconnect
        /// Having it collected from again.
        case resume
        /// A setting of the server, by its name.
        case serverSetting(String)
        /// Nothing but time: Max tries again by itself then.
        case wait(until: Date)

        /// For programs.
        package var kind: String {
            switch self {
            case .sync: "sync"
            case .reconnect: "reconnect"
            case .resume: "resume"
            case .serverSetting: "server_setting"
            case .wait: "wait"
            }
        }
    }
}
