internal import Foundation
internal import NIOCore
internal import Synchronization

/// Pages that were made a moment ago, each good for as long as nothing was written since.
///
/// What a page shows besides what is written, such as whether a sync's process lives and how long ago something was, may be
/// as old as ``freshness``.
final class PageShelf: Sendable {
    /// How long a page is good for, in seconds, when nothing is written.
    static let freshness: TimeInterval = 1
    /// How many pages are kept.
    private static let size = 32

    private let pages = Mutex<[Label: Kept]>([:])

    /// What a page answers: an address, asked for by a session.
    struct Label: Sendable, Hashable {
        let address: String
        /// What the forms of the page carry, which no two sessions have in common.
        let csrf: String
    }

    private struct Kept: Sendable {
        let mark: Int64
        var time: Date
        let page: ByteBuffer
    }

    /// The page as it was made at that mark of the store, otherwise made now.
    func page(
        _ label: Label, mark: Int64, now: Date, _ make: () async throws -> ByteBuffer
    ) async rethrows -> ByteBuffer {
        if let page = take(label, mark, now) { return page }
        let page = try await make()
        keep(Kept(mark: mark, time: now, page: page), as: label)
        return page
    }

    /// The page, unless it is too old; then whoever asks first makes it anew while the others go on with it.
    private func take(_ label: Label, _ mark: Int64, _ now: Date) -> ByteBuffer? {
        pages.withLock { pages in
            guard let kept = pages[label], kept.mark == mark else { return nil }
            if abs(now.timeIntervalSince(kept.time)) < Self.freshness { return kept.page }
            pages[label]?.time = now
            return nil
        }
    }

    private func keep(_ kept: Kept, as label: Label) {
        pages.withLock { pages in
            pages[label] = kept
            guard pages.count > Self.size, let oldest = pages.min(by: { $0.value.time < $1.value.time }) else { return }
            pages[oldest.key] = nil
        }
    }
}
