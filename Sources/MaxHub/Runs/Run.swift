package import Foundation

/// One collection of a connection, from the request to its end.
///
/// A run is never taken up again once it has ended: the next one goes on with the tasks it left.
package struct Run: Sendable, Hashable {
    package let id: RunID
    package let connection: ConnectionID
    /// What was asked for.
    package let scope: RunScope
    package var state: RunState
    package let requestedAt: Date
    package var startedAt: Date?
    package var endedAt: Date?
    /// Whether somebody asked it to stop.
    package var isCancelRequested: Bool
    /// Who works on it; nil before it was taken and after it ended.
    package var lease: RunLease?
    /// Whether it is stored as running and nobody works on it any more.
    package var isStalled: Bool
    /// How far it came.
    package var progress: RunProgress
    /// How it ended; nil before.
    package var ending: RunEnding?

    package init(
        id: RunID, connection: ConnectionID, scope: RunScope, state: RunState, requestedAt: Date,
        startedAt: Date? = nil, endedAt: Date? = nil, isCancelRequested: Bool = false, lease: RunLease? = nil,
        isStalled: Bool = false, progress: RunProgress = RunProgress(), ending: RunEnding? = nil
    ) {
        self.id = id
        self.connection = connection
        self.scope = scope
        self.state = state
        self.requestedAt = requestedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.isCancelRequested = isCancelRequested
        self.lease = lease
        self.isStalled = isStalled
        self.progress = progress
        self.ending = ending
    }
}

/// How a run stands, or how it ended.
package enum RunState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody has begun it.
    case requested
    case running
    /// Everything that was to be collected is stored.
    case complete
    /// Some of it could not be had; the ending says what, and whether that heals.
    case partial
    /// Nothing more could be done; what was stored before stays.
    case failed
    /// Somebody stopped it, or its process ended; the next run goes on from there.
    case cancelled

    /// Whether it is over.
    package var isEnded: Bool {
        switch self {
        case .requested, .running: false
        case .complete, .partial, .failed, .cancelled: true
        }
    }
}

/// What a run is to collect.
package struct RunScope: Sendable, Hashable, Codable {
    /// How thoroughly.
    package var mode: Mode
    /// The entities it is limited to; empty for all.
    package var only: Set<String>

    /// How thoroughly a run collects.
    package enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        /// What changed since the last time, as far as the provider can tell; everything the first time.
        case changes
        /// Every list from its beginning, which also finds what vanished silently.
        case everything
    }

    package init(_ mode: Mode = .changes, only: Set<String> = []) {
        self.mode = mode
        self.only = only
    }
}

/// The right to write for a run, which one process has at a time.
package struct RunLease: Sendable, Hashable, Codable {
    package let run: RunID
    /// The process that works on it.
    package let worker: WorkerID
    /// Raised by every change of hands; a write with an older one is refused.
    package let fence: Int
    /// When others may take it, unless it is renewed.
    package var until: Date

    package init(run: RunID, worker: WorkerID, fence: Int, until: Date) {
        self.run = run
        self.worker = worker
        self.fence = fence
        self.until = until
    }
}

/// The unguessable name of a process that collects, such as `wrk_4k…`.
package struct WorkerID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "wrk_" + surroundings.word() }
}
