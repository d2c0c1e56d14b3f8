import Foundation
import HostileServer
import MaxCore
import MaxHub
import Testing

@testable import MaxConnector
@testable import MaxHTTP

/// What is recorded of calls: how they went, and no value of theirs.
struct CallNoteTests {
    private static let canary = Provider.canary

    private func recorded(
        _ answer: HostileMove, _ change: (inout UpstreamRequest) -> Void = { _ in }
    ) async throws -> [RecordedEvent] {
        let recorder = FlightRecorder(since: Date())
        var route = Provider.route()
        route.recorder = recorder
        _ = try? await Provider.ask(.each { _, _ in [answer] }, route: route, change)
        return recorder.take().events
    }

    @Test(arguments: [200, 302, 401, 403, 404, 429, 500])
    func `an answer is told by its status and sizes, whatever it says`(status: Int) async throws {
        let canary = Self.canary
        let headers = ["X-Echo": canary, "Location": "/\(canary)?\(canary)=\(canary)", "Retry-After": "600"]
        let events = try await recorded(.answer(status, headers, "{\"error\":\"\(canary)\"}")) { request in
            request.url.append(path: "users/\(canary)")
            request.headers.append(("X-Own", canary))
            request.method = .post
            request.body = Data(canary.utf8)
        }
        let first = try #require(events.first)
        #expect(first.kind == .call && first.subject == "me" && first.status == status)
        #expect(first.method == "POST" && first.path == "/me/*/*")
        #expect(first.sent == canary.utf8.count && (first.received ?? 0) > canary.utf8.count)
        #expect(first.milliseconds != nil)
        if status != 200 { #expect(first.outcome?.isEmpty == false) }
        let text = String(decoding: try JSON.encoder.encode(events), as: UTF8.self)
        #expect(!text.contains(canary) && !text.contains("acme.test") && !text.contains("127.0.0.1"))
    }

    @Test func `a call that reaches nobody is told too`() async throws {
        let events = try await recorded(.close)
        #expect(events.first?.status == nil)
        #expect(events.first?.outcome?.isEmpty == false)
    }
}
