public import MaxConnector
import MaxCore

/// Gmail: mail, over IMAP.
let gmailDef = ConnectorDef(
    name: "gmail", displayName: "Gmail", description: "Mail with its labels and conversations",
    icon: gmailIcon, version: "1.0.0", tier: .gold, scopes: ["an app password"],
    collects: [
        "your mailboxes and labels", "every message outside spam and trash, with its text", "conversations",
        "the names and sizes of attachments",
    ],
    doesNotCollect: [
        "spam and trash", "the contents of attachments", "your address book and calendar",
        "your mail itself: nothing is marked as read, sent, moved or deleted",
    ],
    egress: .configured(field: "host"),
    schema: ConnectorSchema(
        namespace: "gmail",
        entities: [GmailAccount.self, GmailMailbox.self, GmailMessage.self, GmailThread.self, GmailAttachment.self],
        roots: [GmailAccount.self]),
    onboarding: gmailOnboarding, seeder: gmailSeeder, resolvers: gmailResolvers)

/// The Gmail connector.
public let gmail: any Connector = ConnectorModule(gmailDef) { config, credentials, upstream in
    let session = MailSession(MailServer(config, credentials, upstream))
    return Installation(
        context: GmailContext(address: config.account, session: session), stop: { await session.close() })
}

private let gmailIcon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" \
    stroke-width="1.8" stroke-linejoin="round"><rect x="3" y="5" width="18" height="14" rx="2"/>\
    <path d="m3.5 6.5 8.5 7 8.5-7"/></svg>
    """
