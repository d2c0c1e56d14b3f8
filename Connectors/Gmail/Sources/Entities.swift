import MaxConnector
import MaxCore

/// The account, from which everything is reached.
enum GmailAccount: Entity {
    static let definition = EntityDef("GmailAccount") {
        Field.collection("mailboxes", of: GmailMailbox.self)
    }
}

/// A mailbox; at Gmail a label.
enum GmailMailbox: Entity {
    static let definition = EntityDef("GmailMailbox") {
        Field.string("name", .title)
        Field.string("path", .indexed)
        Field.string("use", .indexed, .optional)
        Field.boolean("isSelectable")
        Field.integer("messageCount", .optional)
        Field.integer("unreadCount", .optional)
        Field.integer("uidValidity", .optional)
        Field.collection("messages", of: GmailMessage.self)
    }
}

/// A message.
enum GmailMessage: Entity {
    static let definition = EntityDef("GmailMessage") {
        Field.string("subject", .title, .optional)
        Field.string("from", .text, .optional)
        Field.string("fromAddress", .indexed, .optional)
        Field.json("to", .optional)
        Field.json("cc", .optional)
        Field.json("bcc", .optional)
        Field.json("replyTo", .optional)
        Field.date("date", .optional)
        Field.date("receivedAt", .indexed, .optional)
        Field.string("snippet", .optional)
        Field.string("text", .text, .optional)
        Field.boolean("isTextCut", .optional)
        Field.boolean("hasAttachments", .indexed, .optional)
        Field.integer("size", .optional)
        Field.boolean("isUnread", .indexed, .optional)
        Field.boolean("isFlagged", .optional)
        Field.boolean("isAnswered", .optional)
        Field.boolean("isDraft", .optional)
        Field.json("flags", .optional)
        Field.json("labels", .optional)
        Field.string("messageID", .indexed, .optional)
        Field.string("inReplyTo", .optional)
        Field.string("gmailID", .indexed, .optional)
        Field.ref("thread", to: GmailThread.self, .optional)
        Field.collection("attachments", of: GmailAttachment.self)
        Field.collection("conversation", of: GmailThread.self)
    }
}

/// A conversation: Gmail's own where it tells, else the messages that answer to one first message.
enum GmailThread: Entity {
    static let definition = EntityDef("GmailThread") {
        Field.string("subject", .title, .optional)
    }
}

/// What came with a message; its content is not collected.
enum GmailAttachment: Entity {
    static let definition = EntityDef("GmailAttachment") {
        Field.string("name", .title, .optional)
        Field.string("type", .indexed)
        Field.integer("size", .optional)
        Field.string("part")
        Field.string("contentID", .optional)
        Field.boolean("isInline")
        Field.ref("message", to: GmailMessage.self)
    }
}
