import GmailSandbox
import MaxConnector
import MaxCore
import MaxTesting
import Testing

@testable import GmailConnector

@Suite(.serialized) struct GmailConformanceTests {
    static let suite = Conformance(of: gmail) { play in
        let options = GmailSandboxOptions(seed: 7, messages: 60, slowness: .milliseconds(100))
        try await GmailSandbox.serve(options) { provider, house in try await play(script(for: provider, house)) }
    }

    private static func script(for provider: GmailAddress, _ house: MailHouse) -> ProviderScript {
        ProviderScript(
            answers: [
                "address": .string(provider.account.address), "host": .string(provider.host),
                "port": .integer(Int64(provider.port)), "security": "none",
            ], account: ["password": provider.account.password],
            another: ["password": provider.second.password, "address": provider.second.address],
            faults: [
                .wrongSecret: "0123456789abcdef0123456789abcdef", .revoked: provider.password(.revoked),
                .scopeMissing: provider.password(.forbidden), .rateLimited: provider.password(.limit),
                .silentlyRateLimited: provider.password(.overquota),
                .rateLimitedAsForbidden: provider.password(.tooMany), .flapping: provider.password(.flaps),
                .errorBody: provider.password(.nothing), .serverFault: provider.password(.unavailable),
                .slow: provider.password(.slow),
                .hang: provider.password(.hang), .garbage: provider.password(.garbage),
                .html: provider.password(.html), .huge: provider.password(.huge),
            ].mapValues { ["password": $0] }, changes: house.changes)
    }

    @Test(arguments: SetupCheck.allCases)
    func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == gmail.about.tier) }
}

extension MailHouse {
    /// What the suite has done at Gmail.
    fileprivate var changes: ProviderChanges {
        ProviderChanges { [self] in
            let uid = append(
                """
                From: =?UTF-8?Q?J=C3=BCrgen_O'Neil?= <jürgen@example.com>
                Subject: Buy “milk” 🥛
                Message-ID: <new@example.com>
                Content-Type: text/plain; charset=utf-8

                Two litres, please.
                """)
            return Record(
                GmailMessage.self, id: key(uid),
                [
                    "subject": "Buy “milk” 🥛", "from": "Jürgen O'Neil <jürgen@example.com>",
                    "messageID": "new@example.com",
                    "text": "Two litres, please.", "isUnread": true, "labels": ["Inbox"], "cc": [],
                ])
        } edit: { [self] in
            mark(ids[0], flags: ["\\Seen", "\\Flagged", "\\Answered"], labels: ["Work", "\\Starred"])
            return Record(
                GmailMessage.self, id: key(ids[0]),
                [
                    "isUnread": false, "isFlagged": true, "isAnswered": true, "labels": ["Starred", "Work"],
                    "flags": ["\\answered", "\\flagged", "\\seen"],
                ])
        } delete: { [self] in
            let uid = ids[1]
            expunge(uid)
            return Ref(GmailMessage.self, key(uid))
        }
    }

    private func key(_ uid: UInt32) -> String { MessageKey("all", validity, uid).id }
}
