/// What a sync cost the provider.
package struct SyncEffort: Sendable, Hashable {
    package let requests: Int
    /// How much was sent in answer, in bytes.
    package let bytes: Int

    /// Creates what so many requests and bytes come to.
    package init(requests: Int, bytes: Int) {
        self.requests = requests
        self.bytes = bytes
    }

    /// What a sync in which nothing changed may cost at most, when the first one cost this.
    ///
    /// It never asks more often. With a feed the provider tells what is new, and that is nothing: then at most half of what
    /// was sent comes again. Requests alone would not tell, since a provider may send everything in a few answers, and
    /// nothing in as many.
    package func idle(withFeed: Bool) -> SyncEffort {
        SyncEffort(requests: requests, bytes: withFeed ? bytes / 2 : bytes)
    }

    package static func - (all: SyncEffort, before: SyncEffort) -> SyncEffort {
        SyncEffort(requests: all.requests - before.requests, bytes: all.bytes - before.bytes)
    }

    /// Whether it is no more than another one in either way.
    package func isWithin(_ most: SyncEffort) -> Bool { requests <= most.requests && bytes <= most.bytes }
}

extension SyncEffort: CustomStringConvertible {
    package var description: String { "\(requests) requests and \(bytes) bytes in answer" }
}
