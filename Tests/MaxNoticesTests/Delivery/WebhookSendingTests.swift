import Foundation
import HostileServer
import MaxCore
import MaxHub
import NoticeReceivers
import Testing

@testable import MaxNotices

@Suite(.timeLimit(.minutes(5))) struct WebhookSendingTests {
    private func problem(_ answer: HookReceiver.Answer) async throws -> Problem? {
        try await HookReceiver.run { _ in
            answer
        } _: { receiver in
            try await MailRoom.outbound { outbound in
                try await MailRoom.problem {
                    try await WebhookSending(
                        upstreams: outbound, url: URL(string: receiver.url)!, allowedHosts: ["127.0.0.1"]
                    ).post(Data("{}".utf8), signed: [("webhook-id", "msg_1")])
                }
            }
        }
    }

    @Test func `a message is posted with its headers and its body`() async throws {
        try await HookReceiver.run { receiver in
            try await MailRoom.outbound { outbound in
                try await WebhookSending(
                    upstreams: outbound, url: URL(string: receiver.url + "?token=1")!, allowedHosts: ["127.0.0.1"]
                ).post(Data(#"{"a":1}"#.utf8), signed: [("webhook-id", "msg_1")])
                let post = try #require(receiver.posts.all.first)
                #expect(post.path == "/hook?token=1")
                #expect(post.body == Data(#"{"a":1}"#.utf8))
                #expect(post.headers["webhook-id"] == "msg_1")
                #expect(post.headers["content-type"] == "application/json")
                #expect(post.headers["authorization"] == nil)
            }
        }
    }

    @Test(arguments: [
        HookReceiver.Answer(200), HookReceiver.Answer(202), HookReceiver.Answer(204),
        HookReceiver.Answer(200, ["Content-Type": "text/html"], body: "<!doctype html><p>Thanks"),
        HookReceiver.Answer(200, body: String(repeating: "x", count: 1 << 20)),
    ])
    func `any answer of 2xx says that it was taken`(_ answer: HookReceiver.Answer) async throws {
        #expect(try await problem(answer) == nil)
    }

    @Test(arguments: [
        (HookReceiver.Answer(410), "gone", Problem.Kind.permanent),
        (HookReceiver.Answer(503), "provider_failed", .retryable),
        (HookReceiver.Answer(429, ["Retry-After": "7"]), "rate_limited", .retryable),
        (HookReceiver.Answer(404), "not_found", .permanent), (HookReceiver.Answer(401), "sign_in_required", .auth),
        (HookReceiver.Answer(301), "redirect_refused", .permanent),
    ])
    func `every other answer is a problem in words`(
        _ answer: HookReceiver.Answer, _ code: String, _ kind: Problem.Kind
    ) async throws {
        let problem = try #require(await problem(answer))
        #expect(problem.code == code)
        #expect(problem.kind == kind)
        #expect(problem.sentence?.contains("127.0.0.1") == true)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not followed, not even to the same host`(_ status: Int) async throws {
        try await HookReceiver.run { _ in
            HookReceiver.Answer(status, ["Location": "/elsewhere"])
        } _: { receiver in
            try await MailRoom.outbound { outbound in
                let problem = try await MailRoom.problem {
                    try await WebhookSending(
                        upstreams: outbound, url: URL(string: receiver.url)!, allowedHosts: ["127.0.0.1"]
                    ).post(Data("{}".utf8), signed: [])
                }
                #expect(problem?.code == "redirect_refused")
                #expect(receiver.posts.all.map(\.path) == ["/hook"])
            }
        }
    }

    @Test func `an address of this machine is refused unless the owner allowed it`() async throws {
        try await HookReceiver.run { receiver in
            try await MailRoom.outbound { outbound in
                await #expect(throws: PrivateAddressRefused.self) {
                    try await WebhookSending(upstreams: outbound, url: URL(string: receiver.url)!, allowedHosts: [])
                        .post(Data("{}".utf8), signed: [])
                }
                #expect(receiver.posts.all.isEmpty)
            }
        }
    }

    @Test(arguments: [[HostileMove.close], [.reset], .gzipBomb, .endlessHeaders])
    func `a receiver that is none, or never ends, is left in words`(_ moves: [HostileMove]) async throws {
        try await HostileServer.run(.always(moves)) { server in
            try await MailRoom.outbound { outbound in
                let url = URL(string: "http://127.0.0.1:\(server.port)/")!
                let sending = WebhookSending(upstreams: outbound, url: url, allowedHosts: ["127.0.0.1"])
                _ = try await MailRoom.problem { try await sending.post(Data("{}".utf8), signed: []) }
                #expect(server.requests.count == 1)
            }
        }
    }
}
