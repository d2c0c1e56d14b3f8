import Foundation
import HostileServer
import MaxCore
import MaxHub
import Testing

@testable import MaxConnector
@testable import MaxHTTP

struct RevalidationTests {
    @Test func `asks with the tag that is known, and passes on that nothing changed`() async throws {
        let page = Revalidation(known: "\"v1\"")
        let heads = try await heads(answering: .answer(304, ["ETag": "\"v1\""], "")) { ask in
            await #expect(throws: NotModified.self) {
                try await Revalidation.$current.withValue(page) { try await ask { $0.revalidating() } }
            }
        }
        #expect(heads.map(sentTag) == ["\"v1\""])
    }

    @Test(arguments: [("\"v2\"", "\"v2\""), ("W/\"v2\"", "W/\"v2\""), ("v2", nil), ("\"a\"b\"", nil), ("", nil)])
    func `notes the tag of a new answer`(header: String, tag: String?) async throws {
        let page = Revalidation(known: nil)
        let heads = try await heads(answering: .answer(200, ["ETag": header], "{}")) { ask in
            _ = try await Revalidation.$current.withValue(page) { try await ask { $0.revalidating() } }
        }
        #expect(page.tag == tag)
        #expect(heads.map(sentTag) == [nil])
    }

    @Test func `notes no tag for a page made of two answers, be one of them a problem`() async throws {
        for second in [200, 404] {
            let page = Revalidation(known: nil)
            let script = HostileServer.Script.each { _, number in
                [.answer(number == 0 ? 200 : second, Self.tagged, "{}")]
            }
            _ = try await heads(script) { ask in
                try await Revalidation.$current.withValue(page) {
                    _ = try await ask { $0.revalidating() }
                    _ = try? await ask { $0.revalidating() }
                }
            }
            #expect(page.tag == nil)
        }
    }

    @Test func `notes no tag of an answer that may not be compared`() async throws {
        let page = Revalidation(known: nil)
        _ = try await heads(answering: .answer(200, Self.tagged, "{}")) { ask in
            _ = try await Revalidation.$current.withValue(page) { try await ask { $0 } }
        }
        #expect(page.tag == nil)
    }

    @Test func `asks without a tag where none is wanted, and takes no word that nothing changed`() async throws {
        let page = Revalidation(known: "\"v1\"")
        let heads = try await heads(answering: .answer(304, Self.tagged, "")) { ask in
            let found = try await problem { try await Revalidation.$current.withValue(page) { try await ask { $0 } } }
            #expect(found?.code == "answer_not_understood")
            let outside = try await problem { try await ask { $0.revalidating() } }
            #expect(outside?.code == "answer_not_understood")
            let posted = try await problem {
                try await Revalidation.$current.withValue(page) {
                    try await ask { request in
                        var request = request.revalidating()
                        request.method = .post
                        return request
                    }
                }
            }
            #expect(posted?.code == "answer_not_understood")
        }
        #expect(heads.map(sentTag) == [nil, nil, nil])
    }

    @Test func `tells another origin no tag`() async throws {
        let page = Revalidation(known: "\"v1\"")
        try await HostileServer.run(.always(.answer())) { other in
            let away = HostileMove.redirect(302, to: "http://acme.test:\(other.port)/")
            let heads = try await heads(answering: away) { ask in
                _ = try await Revalidation.$current.withValue(page) { try await ask { $0.revalidating() } }
            }
            #expect(heads.map(sentTag) == ["\"v1\""])
            #expect(other.requests.map(sentTag) == [nil])
        }
    }

    private static let tagged = ["ETag": "\"v1\""]

    private func sentTag(_ head: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("if-none-match:") }
            .map { $0.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces) }
    }

    private func heads(
        answering move: HostileMove, _ body: (Ask) async throws -> Void
    ) async throws -> [String] {
        try await heads(.always(move), body)
    }

    private typealias Ask = ((UpstreamRequest) -> UpstreamRequest) async throws -> UpstreamResponse

    /// The heads of the requests that `body` made.
    private func heads(
        _ script: HostileServer.Script, _ body: (Ask) async throws -> Void
    ) async throws -> [String] {
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route())
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)/list")!)
                try await body { try await upstream.send($0(request), as: UpstreamOperation("list")) }
            }
            return server.requests
        }
    }
}
