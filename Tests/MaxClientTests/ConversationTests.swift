import Foundation
import MaxAccess
import MaxConnector
import MaxCore
import MaxEngines
import MaxHub
import MaxSetup
import MaxWire
import Testing

@testable import MaxClient

/// The SDK against a whole server.
struct ConversationTests {
    @Test func `a program is let in, and is told when it is not any more`() async throws {
        try await LiveSite.with { site in
            try await site.logged(in: .read) { client in
                let me = try await client.me()
                #expect(me.kind == "agent" && me.scopes == ["read"])
                let refused = await code { try await client.connectors() }
                #expect(refused == "scope_missing")
                _ = try await site.access.revoke(AgentID(rawValue: me.id))
                let over = await code { try await client.me() }
                #expect(over == .loginEnded)
            }
        }
    }

    @Test func `the owner turns a program away`() async throws {
        try await LiveSite.with { site in
            try await Client.with(site.address, token: nil) { client in
                let begun = try await client.beginLogin(as: "A test")
                try await site.access.deny(begun.userCode, by: site.owner)
                let refused = await code { try await client.finishLogin(begun.soon) }
                #expect(refused == "access_denied")
            }
        }
    }

    @Test func `a code that nobody approves runs out`() async throws {
        try await LiveSite.with { site in
            try await Client.with(site.address, token: nil) { client in
                let begun = try await client.beginLogin(as: "A test")
                let dead = DeviceAuthorizationBody(
                    deviceCode: begun.deviceCode, userCode: begun.userCode, verificationURI: "", expiresIn: 0,
                    interval: 5)
                let late = await code { try await client.finishLogin(dead) }
                #expect(late == "expired_token")
            }
        }
    }

    @Test func `an account is added without its secret, synced, asked and disconnected`() async throws {
        try await LiveSite.with { site in
            try await site.logged(in: .setup, .read, .manage) { client in
                let connection = try await add(site, client)
                #expect(connection.identity != nil)

                let run = try await client.sync(connection.id, SyncRequestBody())
                var states: [String] = []
                for try await event in client.runEvents(run.id) {
                    let body = try client.body(of: event, as: RunBody.self)
                    states.append(body.state)
                    if body.endedAt != nil { break }
                }
                #expect(states.last == "complete")
                let page = try await client.records(
                    RecordQuestion(scope: connection.slug, entity: "AcmeTask", limit: 2))
                #expect(page.items.count == 2 && page.next != nil && page.connections == [connection.slug])
                let count = try await client.count(RecordQuestion(scope: "all", entity: "AcmeTask")).count
                #expect(count > 2)
                let ref = try #require(page.items.first?["ref"]?.string)
                #expect(try await client.record(ref).record["ref"]?.string == ref)
                #expect(try await client.changes(connection.slug, after: nil, atMost: 1).more)
                #expect(try await client.schema().contains { $0.name == "AcmeTask" && $0.records == count })

                let renamed = try await client.rename(connection.id, ConnectionChangeBody(label: "Work", slug: "work"))
                #expect(renamed.label == "Work")
                #expect(try await client.connection("work").id == connection.id)
                #expect(try await client.revoke("work").state == "revoked")
                let erased = await code { try await client.erase("work") }
                #expect(erased == "owner_only")
                #expect(try await client.sources().count == 1)
            }
        }
    }

    @Test func `lists longer than a page come whole`() async throws {
        try await LiveSite.with { site in
            try await site.logged(in: .setup, .read, .manage) { client in
                let connection = try await add(site, client)
                for _ in 0..<3 {
                    let run = try await client.sync(connection.id, SyncRequestBody())
                    _ = try await client.cancelRun(run.id)
                    while try await client.run(run.id).endedAt == nil { await Task.yield() }
                }
                let all = try await client.runs()
                let paged: [RunBody] = try await client.all(
                    .get("runs", query: [("connection", connection.slug)]), atMost: 2)
                #expect(all.count >= 3 && paged == Array(all.prefix(2)))
            }
        }
    }

    /// Adds the account: the program answers what is no secret, the owner the rest.
    private func add(_ site: LiveSite, _ client: Client) async throws -> ConnectionBody {
        var standing = try await client.startSetup(SetupRequestBody(connector: "acme"))
        for _ in 0..<10 {
            let (setup, view) = (standing.setup, standing.view)
            switch view.kind {
            case "form":
                standing = try await client.answerSetup(
                    setup.id,
                    SetupAnswerBody(
                        revision: setup.revision, fields: ["baseURL": .string(site.provider.url.absoluteString)]))
            case "choice":
                let first = try #require(view.choice?.options.first?.value)
                standing = try await client.answerSetup(
                    setup.id, SetupAnswerBody(revision: setup.revision, choose: [first]))
            case "open":
                #expect(view.open?.url?.hasPrefix("\(site.address)/link/") == true)
                try await answerAsOwner(site, setup)
                standing = try await client.setup(setup.id)
            case "finished": return try #require(standing.connection)
            default: throw MaxError("stuck", "The setup is stuck at \(view.kind).")
            }
        }
        throw MaxError("stuck", "The setup has no end.")
    }

    private func answerAsOwner(_ site: LiveSite, _ setup: SetupBody) async throws {
        let service = site.engines.setup
        let reply = try await service.view(SessionID(rawValue: setup.id))
        let answer: FlowAnswer
        switch reply.view {
        case .form: answer = .submit(["api_token": .secret(site.key)])
        case .choice: answer = .choose([PlatformAnswer.allow.rawValue])
        default: throw MaxError("stuck", "The owner is asked nothing.")
        }
        _ = try await service.answer(reply.session.id, revision: reply.session.revision, answer)
    }
}
