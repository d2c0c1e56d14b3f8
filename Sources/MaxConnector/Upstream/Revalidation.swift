internal import Synchronization

/// The provider's word that a page is the one that was read the last time.
public struct NotModified: Error, Sendable {
    package init() {}
}

/// What is remembered of the one answer that a page is made of, while its loader runs.
///
/// The sync engine sets ``current`` around a loader's call; MaxHTTP sends the earlier tag and notes the new one.
package final class Revalidation: Sendable {
    @TaskLocal package static var current: Revalidation?

    /// The entity tag of the earlier answer; nil when there is none to compare with.
    package let known: String?
    private let answers = Mutex<[String?]>([])

    package init(known: String?) { self.known = known }

    /// Notes the tag of an answer, or that it had none.
    package func note(_ tag: String?) { answers.withLock { $0.append(tag) } }

    /// The tag of the page; nil when it was made of none or several answers.
    package var tag: String? { answers.withLock { $0.count == 1 ? $0[0] : nil } }
}
