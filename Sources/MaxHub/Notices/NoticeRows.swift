package import Foundation
package import MaxCore

/// The place where notices lie.
///
/// Each method is one transaction.
package protocol NoticeRows: Sendable {
    /// Notices, the newest first.
    ///
    /// - Parameters:
    ///   - isOpen: Whether only those are wanted that are open and not muted.
    ///   - earlier: The notice before which to go on; none of that id means that nothing comes.
    func notices(isOpen: Bool, before earlier: NoticeID?, limit: Int) async throws -> [Notice]
    /// The notice of that id.
    func notice(_ id: NoticeID) async throws -> Notice?
    /// What is open, muted or not, by its key.
    func openNotices() async throws -> [NoticeKey: Notice]
    /// How many are open, not muted, and unread.
    func unreadNotices() async throws -> Int
    /// Ends what is over and tells what is new, and queues that for every channel that wants it and is in use.
    ///
    /// A draft whose key is open changes nothing. One whose key was open less than a day ago opens that notice again,
    /// and nobody is told anew. One that tells of something that happens once is told once for ever. One of a
    /// connection that was erased is dropped.
    ///
    /// - Returns: The notices that are new.
    func turn(_ turn: NoticeTurn, at time: Date) async throws -> [Notice]
    /// Notes that the owner read a notice, or all of them when none is named; what happened once is over with that.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `notice_not_found`.
    func readNotices(_ id: NoticeID?, at time: Date) async throws
    /// What the owner does not want to be told of.
    func mutes() async throws -> Set<NoticeMute>
    /// Mutes, or unmutes.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    func setMuted(_ isMuted: Bool, _ mute: NoticeMute) async throws
}

/// What changes among the notices at one moment.
package struct NoticeTurn: Sendable, Hashable {
    /// What is so, with the ids that the new ones get.
    package var raised: [Raised]
    /// What is not so any more.
    package var cleared: Set<NoticeKey>

    /// A draft with the id it gets when it is new.
    package struct Raised: Sendable, Hashable {
        package let id: NoticeID
        package let draft: NoticeDraft

        package init(_ draft: NoticeDraft, as id: NoticeID) {
            self.draft = draft
            self.id = id
        }
    }

    package init(raised: [Raised] = [], cleared: Set<NoticeKey> = []) {
        self.raised = raised
        self.cleared = cleared
    }

    /// Whether nothing changes.
    package var isEmpty: Bool { raised.isEmpty && cleared.isEmpty }
}

extension MaxError.Code {
    /// No notice has that id.
    package static let noticeNotFound: Self = "notice_not_found"
}
