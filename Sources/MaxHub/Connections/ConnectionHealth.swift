package import Foundation
package import MaxCore

/// How a connection is, in answers that are never mixed.
///
/// Whether it may be collected from, how its newest sync stands, how fresh its records are, and at most one thing to
/// do.
/// It is computed from stored facts by ``project(_:)`` and nowhere else.
package struct ConnectionHealth: Sendable, Hashable {
    package let setup: Setup
    package let sync: Sync
    /// When everything was last collected; nil when it never was.
    package let freshAt: Date?
    /// How many records are stored.
    package let records: Int
    /// How many have come in the sync that is under way.
    package let incoming: Int
    /// Why the newest sync did not collect everything.
    package let problem: Problem?
    package let action: Action?

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

    /// What mends it.
    package enum Action: String, Sendable, Hashable, Codable, CaseIterable {
        case sync
        case reconnect
    }
}

/// What is stored about a connection.
package struct ConnectionFacts: Sendable {
    package let connection: Connection
    /// Whether a key of the vault is missing on this machine.
    package let isLocked: Bool
    /// Its newest syncs, the newest first.
    package let runs: [Run]
    /// How many records are stored.
    package let records: Int

    package init(_ connection: Connection, isLocked: Bool, runs: [Run], records: Int) {
        self.connection = connection
        self.isLocked = isLocked
        self.runs = runs
        self.records = records
    }
}

extension ConnectionHealth {
    /// What the facts say.
    package static func project(_ facts: ConnectionFacts) -> ConnectionHealth {
        let newest = facts.runs.first
        let (setup, sync) = (setup(of: facts), newest.map { standing(of: $0) } ?? .never)
        return ConnectionHealth(
            setup: setup, sync: sync, freshAt: facts.runs.first { $0.state == .complete }?.endedAt,
            records: facts.records, incoming: sync == .running ? newest?.progress.records ?? 0 : 0,
            problem: newest?.ending?.problem, action: action(setup, sync, newest?.ending?.problem))
    }

    private static func setup(of facts: ConnectionFacts) -> Setup {
        switch facts.connection.state {
        case .shell: .settingUp
        case .active: facts.isLocked ? .locked : .active
        case .paused: .paused
        case .revoked: .disconnected
        }
    }

    private static func standing(of run: Run) -> Sync {
        switch run.state {
        case .requested: .waiting
        case .running: run.isStalled ? .brokenOff : .running
        case .complete: .complete
        case .partial: .partial
        case .failed: .failed
        case .cancelled: .stopped
        }
    }

    private static func action(_ setup: Setup, _ sync: Sync, _ problem: Problem?) -> Action? {
        switch setup {
        case .settingUp, .paused, .locked: nil
        case .disconnected: .reconnect
        case .active:
            switch sync {
            case .running, .complete: nil
            case .never, .waiting, .stopped, .brokenOff: .sync
            case .partial, .failed: problem?.kind == .auth ? .reconnect : .sync
            }
        }
    }
}
