package import Foundation

/// The numbers a run keeps to.
package struct SyncLimits: Sendable, Hashable {
    /// How long a lease holds without being renewed, in seconds.
    package var lease: TimeInterval = 30
    /// After how many seconds it is renewed.
    package var renewal: TimeInterval = 10
    /// How many loaders may be under way at once.
    package var concurrency = 32
    /// How many pages may lie in memory, those under way included.
    package var pages = 96
    /// How often a task is tried in a row before it is given up in this run.
    package var attempts = 5
    /// The same, where the provider only asks to come back later.
    package var rateLimitedAttempts = 10
    /// The longest wait before the second attempt, in seconds; it doubles with every further one.
    package var backoff: TimeInterval = 0.5
    /// The longest such wait, in seconds.
    package var longestBackoff: TimeInterval = 60
    /// The longest wait that a provider may ask for, in seconds; what takes longer is left to the next run.
    package var patience: TimeInterval = 120
    /// How long a run goes on without achieving anything, in seconds.
    package var silence: TimeInterval = 600
    /// How long a whole reading counts before everything is read again, in seconds.
    package var wholeReading: TimeInterval = 7 * 86_400
    /// How many pages in a row may bring nothing that was not on an earlier one before a list counts as endless.
    package var stalePages = 1000
    /// How many items a list may be said to have; what is said beyond that counts for nothing.
    package var mostItems = 1 << 40
    /// How long one request to the provider may take, in seconds.
    package var request: TimeInterval = 60

    package init() {}
}
