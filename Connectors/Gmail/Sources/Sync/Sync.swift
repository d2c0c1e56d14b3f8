import MaxConnector
import MaxCore

/// What Gmail's loaders work with.
struct GmailContext: Sendable {
    /// The account's address, folded.
    let address: String
    let session: MailSession
}

let gmailSeeder = Seeder<GmailContext> { context in
    SyncPlan(
        root: Ref(GmailAccount.self, context.address),
        stages: [
            .init(GmailAccount.self, "mailboxes", title: "Looking at mailboxes"),
            .init(GmailMailbox.self, "messages", title: "Comparing messages"),
        ],
        feeds: [
            .init(of: GmailMailbox.self, GmailLoaders.news.name, covers: [GmailMessage.self], title: "Reading messages")
        ])
}

let gmailResolvers: [Resolver<GmailContext>] = [
    Resolver(GmailAccount.self, GmailLoaders.mailboxes),
    Resolver(GmailMailbox.self, GmailLoaders.mailboxes, GmailLoaders.counts, GmailLoaders.messages),
    Resolver(
        GmailMessage.self, GmailLoaders.messages, GmailLoaders.news, GmailLoaders.attachments,
        GmailLoaders.conversation),
    Resolver(GmailThread.self, GmailLoaders.conversation),
    Resolver(GmailAttachment.self, GmailLoaders.attachments),
]

/// The ways to Gmail's records.
///
/// A mailbox is read by its feed: whole messages the first time, with what came with them, and then what is new, changed
/// and gone. Its list only compares: it tells which messages there are and how they are marked, so that a reading of
/// everything costs a few bytes a message.
enum GmailLoaders {
    /// The mailboxes, as they are now.
    static let mailboxes = Loader<GmailContext>(
        "mailboxes.list", of: GmailMailbox.self, provides: ["name", "path", "use", "isSelectable"],
        .collection(.init(of: GmailAccount.self, "mailboxes")) { _, _, context in
            Page(try await context.session.mailboxes(anew: true).all.map(\.record))
        })

    /// How many messages there are in a mailbox.
    static let counts = Loader<GmailContext>(
        "mailboxes.counts", of: GmailMailbox.self, provides: ["messageCount", "unreadCount", "uidValidity"],
        .entity { id, context in
            guard let mailbox = try await context.session.mailboxes().mailbox(id) else { return nil }
            guard mailbox.isSelectable else { return mailbox.record(MailboxStatus()) }
            return try await context.session.use { mailbox.record(try await $0.status(of: id)) }
        })

    /// Which messages there are, and how they are marked.
    static let messages = Loader<GmailContext>(
        "messages.list", of: GmailMessage.self, provides: MessageRecord.markFields,
        .collection(.init(of: GmailMailbox.self, "messages")) { mailbox, cursor, context in
            try await MailboxListing(context.session).page(of: mailbox, from: cursor)
        })

    /// What is new, changed and gone in a mailbox, messages with their text and all that came with them.
    static let news = Loader<GmailContext>(
        "messages.news", of: GmailMessage.self, provides: MessageRecord.contentFields,
        .source { mailbox, cursor, context in
            try await MailboxFeed(mailbox, context.session).page(from: cursor)
        })

    /// What came with one message.
    static let attachments = Loader<GmailContext>(
        "attachments.list", of: GmailAttachment.self,
        provides: ["name", "type", "size", "part", "contentID", "isInline", "message"],
        .collection(.init(of: GmailMessage.self, "attachments")) { message, _, context in
            Page(try await MailboxListing(context.session).message(message).attachments)
        })

    /// The conversation that one message is part of.
    static let conversation = Loader<GmailContext>(
        "conversations.list", of: GmailThread.self, provides: ["subject"],
        .collection(.init(of: GmailMessage.self, "conversation")) { message, _, context in
            Page([try await MailboxListing(context.session).message(message).thread])
        })
}
