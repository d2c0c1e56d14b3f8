package import Foundation
package import MaxCore

/// A way on which notices leave the machine, as it is stored; its secrets lie in the vault under its id.
package struct NoticeChannel: Sendable, Hashable {
    package let id: NoticeChannelID
    package let form: Form
    /// The kinds that are sent through it; empty for all.
    package var kinds: Set<NoticeKind>
    /// What its form needs besides, without secrets.
    package var settings: [String: JSON]
    package let createdAt: Date
    /// When it was given up; nil while it is in use.
    package var disabledAt: Date?
    /// Why it was given up, in a sentence.
    package var said: String?

    /// What is sent.
    package enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        case webhook
        case mail
    }

    package init(
        id: NoticeChannelID, form: Form, kinds: Set<NoticeKind>, settings: [String: JSON], createdAt: Date,
        disabledAt: Date? = nil, said: String? = nil
    ) {
        self.id = id
        self.form = form
        self.kinds = kinds
        self.settings = settings
        self.createdAt = createdAt
        self.disabledAt = disabledAt
        self.said = said
    }
}

/// One notice on its way through one channel, as it is stored: it enters with the notice, in one transaction.
package struct NoticeDelivery: Sendable, Hashable {
    package let channel: NoticeChannelID
    package let notice: NoticeID
    /// The message it goes with; those of one digest share it.
    package var message: NoticeMessageID
    package var state: State
    /// How often it was tried.
    package var tries: Int
    /// When it entered.
    package let queuedAt: Date
    /// When it is tried next; nil when it is over.
    package var nextAt: Date?
    /// When it was sent or given up.
    package var doneAt: Date?
    /// What the other side said last, in a sentence.
    package var said: String?

    /// What became of it.
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case waiting
        case sent
        case givenUp = "given_up"
    }

    package init(
        channel: NoticeChannelID, notice: NoticeID, message: NoticeMessageID, state: State = .waiting, tries: Int = 0,
        queuedAt: Date, nextAt: Date?, doneAt: Date? = nil, said: String? = nil
    ) {
        self.channel = channel
        self.notice = notice
        self.message = message
        self.state = state
        self.tries = tries
        self.queuedAt = queuedAt
        self.nextAt = nextAt
        self.doneAt = doneAt
        self.said = said
    }
}
