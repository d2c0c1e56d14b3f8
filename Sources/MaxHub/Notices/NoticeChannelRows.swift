package import Foundation
package import MaxCore

/// The place where the ways lie on which notices leave the machine, and what is on its way.
///
/// Each method is one transaction.
package protocol NoticeChannelRows: Sendable {
    /// Every channel, the oldest first.
    func noticeChannels() async throws -> [NoticeChannel]
    /// Stores a channel in place of an earlier one with its id, and secrets beside those it has.
    ///
    /// - Parameter earlier: The channel as it was read; nil for a new one.
    /// - Returns: Whether it is stored; if not, that one was changed or removed meanwhile, or mail was set up.
    /// - Throws: ``MaxCore/MaxError`` with code `data_key_gone` when a secret has to be sealed anew.
    func put(
        _ channel: NoticeChannel, replacing earlier: NoticeChannel?, secrets: [FreshlySealed]
    ) async throws -> Bool
    /// Deletes a channel with its secrets and all that is on its way.
    func deleteChannel(_ id: NoticeChannelID) async throws
    /// What is on its way, and what was sent or given up since a moment, the oldest first.
    ///
    /// What is over, read or muted before its first try began is not on its way, unless that changes again.
    func deliveries(of channel: NoticeChannelID, since time: Date) async throws -> [NoticeDelivery]
    /// Notes that a try begins, which goes on until a moment at most; whoever looks meanwhile leaves it alone.
    ///
    /// - Parameters:
    ///   - tries: How often the message was tried before.
    ///   - next: When it is tried again unless its end is noted before.
    /// - Returns: The notices it tells of, the oldest first; none, with nothing changed, when somebody else has begun it
    ///   meanwhile, the channel is not in use, or one of them is not to be sent any more.
    func begin(_ delivery: NoticeDispatch, tries: Int, until next: Date) async throws -> [NoticeTelling]
    /// Keeps how notices are told, until they have arrived or are given up: every try tells the same.
    func keep(_ told: [NoticeID: JSON], of delivery: NoticeDispatch) async throws
    /// Notes how a try ended.
    func end(_ delivery: NoticeDispatch, _ outcome: DeliveryOutcome, at time: Date) async throws
    /// How many messages were given up since the last that was sent, and when the first of them was.
    func failures(of channel: NoticeChannelID) async throws -> DeliveryFailures
    /// Puts a channel out of use and gives up what is on its way; nothing when it is out of use already.
    func disable(_ channel: NoticeChannelID, because sentence: String, at time: Date) async throws
    /// Has what failed in a channel and waits be tried at once.
    func hurry(_ channel: NoticeChannelID, at time: Date) async throws
    /// Takes a channel that was put out of use at a moment into use again; nothing when it is gone or was changed since.
    func enable(_ channel: NoticeChannelID, disabledAt time: Date) async throws
}

/// A message on its way: one notice, or several as a digest.
package struct NoticeDispatch: Sendable, Hashable {
    package let channel: NoticeChannelID
    package let message: NoticeMessageID
    package let notices: [NoticeID]

    package init(channel: NoticeChannelID, message: NoticeMessageID, notices: [NoticeID]) {
        self.channel = channel
        self.message = message
        self.notices = notices
    }
}

/// A notice whose message is being sent.
package struct NoticeTelling: Sendable, Hashable {
    package let notice: Notice
    /// How it was told at an earlier try; nil at the first one.
    package let told: JSON?

    package init(_ notice: Notice, told: JSON?) {
        self.notice = notice
        self.told = told
    }
}

/// How a try to send a message ended.
package enum DeliveryOutcome: Sendable, Hashable {
    case sent
    /// It is tried again.
    case failed(String, next: Date)
    case givenUp(String)
}

/// The messages of a channel that were given up since the last that was sent.
package struct DeliveryFailures: Sendable, Hashable {
    package let count: Int
    /// When the first of them was given up; nil when there is none.
    package let since: Date?

    package init(count: Int, since: Date?) {
        self.count = count
        self.since = since
    }
}
