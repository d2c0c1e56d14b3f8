import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxHTTP

/// What becomes of other calls when one is refused, or told to wait.
struct RefusalTests {
    private let list = UpstreamOperation("list", concurrency: 2)
    private let refused = Problem("credential_refused", .auth, "Acme rejected this API token.", rung: .signIn)

    @Test func `makes not one more call once the credential was refused`() async throws {
        try await after(.answer(401), stopping: true) { server, ask in
            let first = try await ask("me")
            #expect(first?.code == "credential_refused")
            for operation in ["me", "list", "list"] {
                let later = try await ask(operation)
                #expect(later == first)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [403, 404, 429, 500])
    func `goes on after whatever is no refusal of the credential`(status: Int) async throws {
        try await after(.answer(status), stopping: true) { server, ask in
            let (first, second) = (try await ask("me"), try await ask("me"))
            #expect(first != nil)
            #expect(second == nil)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `goes on after a refusal where the route does not end with it`() async throws {
        try await after(.answer(401), stopping: false) { _, ask in
            let (first, second) = (try await ask("me"), try await ask("me"))
            #expect(first != nil)
            #expect(second == nil)
        }
    }

    @Test func `believes no refusal that the witness does not confirm`() async throws {
        let script = HostileServer.Script.each { _, number in [number == 0 ? .answer(401) : .answer()] }
        try await asking(script) { server, upstream, request in
            let witness = URL(string: "http://acme.test:\(server.port)/me")!
            let first = try await problem {
                try await upstream.send(request.confirmingRefusals(at: witness), as: list)
            }
            #expect(first?.kind == .retryable)
            #expect(first?.sentence?.contains("Acme") == true)
            #expect(server.requests.count == 2)
            let later = try await problem { try await upstream.send(request, as: list) }
            #expect(later == nil)
        }
    }

    @Test func `asks a witness that refuses once more`() async throws {
        try await asking(.each { _, number in [.answer(number == 0 ? 401 : 200)] }) { server, upstream, request in
            let found = try await problem {
                try await upstream.send(request.confirmingRefusals(at: request.url), as: list)
            }
            #expect(found == nil)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `believes a refusal that the witness confirms, and the witness at the second time`() async throws {
        try await asking(.each { _, _ in [.answer(401)] }) { server, upstream, request in
            let witness = URL(string: "http://acme.test:\(server.port)/me")!
            let first = try await problem {
                try await upstream.send(request.confirmingRefusals(at: witness), as: list)
            }
            #expect(first?.code == "credential_refused")
            #expect(server.requests.count == 2)
            _ = try await problem { try await upstream.send(request, as: list) }
            #expect(server.requests.count == 2)
        }
        try await asking(.each { _, _ in [.answer(401)] }) { server, upstream, request in
            _ = try await problem {
                try await upstream.send(request.confirmingRefusals(at: request.url), as: list)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test func `believes a witness at once while an account is being connected`() async throws {
        try await asking(.each { _, _ in [.answer(401)] }, collecting: false) { server, upstream, request in
            _ = try await problem {
                try await upstream.send(request.confirmingRefusals(at: request.url), as: list)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `heeds what the connector makes of a refusal`() async throws {
        let wait = Problem("rate_limited", .retryable, "Acme asks to slow down.", retryAfter: 3600)
        try await asking(.each { _, _ in [.answer(403)] }) { server, upstream, request in
            let request = request.readingRefusals { $0.status == 403 ? wait : nil }
            for _ in 0..<2 {
                let found = try await problem { try await upstream.send(request, as: list) }
                #expect(found?.code == "rate_limited")
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `leads a refusal that the connector reads to the credential and its page`() async throws {
        let wish = Problem("single_sign_on", .auth, "Acme wants more.", rung: .permissions)
        try await asking(.each { _, _ in [.answer(403)] }) { _, upstream, request in
            let found = try await problem { try await upstream.send(request.readingRefusals { _ in wish }, as: list) }
            #expect(found?.code == "single_sign_on")
            #expect(found?.field == "api_token")
            #expect(found?.fix == Provider.page)
        }
    }

    /// Runs `body` with a way to a server that behaves by a script, which ends with a refused credential.
    private func asking(
        _ script: HostileServer.Script, collecting: Bool = true,
        _ body: (HostileServer, any Upstream, UpstreamRequest) async throws -> Void
    ) async throws {
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                var route = Provider.route()
                route.stopsAfterRefusal = collecting
                let url = URL(string: "http://acme.test:\(server.port)")!
                try await body(server, outbound.upstream(route), UpstreamRequest.get(url).bearer(Provider.token))
            }
        }
    }

    @Test func `lets nobody pass who waited while the credential was refused`() async throws {
        let ledger = CallLedger()
        let gate = OperationGate(connector: "acme", ledger: ledger, stopsAfterRefusal: true)
        let operation = UpstreamOperation("list", concurrency: 1)
        let (inside, entered) = AsyncStream.makeStream(of: Void.self)
        let (open, opener) = AsyncStream.makeStream(of: Void.self)
        let refused = refused
        let first = Task {
            try await gate.pass(operation) {
                entered.yield()
                for await _ in open { break }
                throw refused
            }
        }
        for await _ in inside { break }
        let others = (0..<5).map { _ in Task { try await gate.pass(operation) {} } }
        for _ in 0..<20 { await Task.yield() }
        opener.finish()
        for call in [first] + others {
            let found = try await problem { try await call.value }
            #expect(found == refused)
        }
        #expect(ledger.count("acme", operation) == CallLedger.Count(begun: 1, ended: 1))
    }

    @Test func `begins no call before the provider wants one again`() async throws {
        let wanted = Mutex<ContinuousClock.Instant?>(nil)
        let script = HostileServer.Script.each { _, number in
            let isEarly = wanted.withLock { wanted in
                defer { wanted = wanted ?? .now + .milliseconds(990) }
                return wanted.map { ContinuousClock.now < $0 } ?? true
            }
            return [.answer(isEarly ? 429 : 200, number == 0 ? ["Retry-After": "1"] : [:], "")]
        }
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route())
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)")!)
                let first = try await problem { try await upstream.send(request, as: list) }
                #expect(first?.retryAfter == 1)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 { group.addTask { _ = try await upstream.send(request, as: list) } }
                    try await group.waitForAll()
                }
            }
            #expect(server.requests.count == 5)
        }
    }

    @Test func `fails at once when the provider wants no calls for long, and only calls of that kind`() async throws {
        try await after(.answer(429, ["Retry-After": "3600"], ""), stopping: false) { server, ask in
            let first = try await ask("list")
            #expect(first?.retryAfter == 3600)
            let second = try await ask("list")
            #expect(second?.code == "rate_limited")
            #expect(second?.sentence == first?.sentence)
            #expect(try #require(second?.retryAfter) > 3000)
            #expect(server.requests.count == 1)
            let other = try await ask("me")
            #expect(other == nil)
        }
    }

    @Test func `keeps the longest wait that was asked for`() {
        var lane = OperationLane()
        let start = ContinuousClock.now
        let busy = Problem("rate_limited", .retryable, "Acme has had too many requests.", retryAfter: 20)
        var turn: ContinuousClock.Instant?
        lane.pause(for: 20, because: busy, now: start)
        lane.pause(for: 5, because: busy, now: start)
        #expect(lane.obstacle(perSecond: nil, turn: &turn, now: start) == start + .seconds(20))
        #expect(lane.obstacle(perSecond: nil, turn: &turn, now: start + .seconds(20)) == nil)
    }

    @Test func `tells what is left of a wait`() {
        var lane = OperationLane()
        let start = ContinuousClock.now
        lane.pause(for: 90, because: Problem("rate_limited", .retryable, nil, retryAfter: 90), now: start)
        let patience = Duration.seconds(30)
        #expect(lane.refusal(patience: patience, now: start + .seconds(50))?.retryAfter == 40)
        #expect(lane.refusal(patience: patience, now: start + .seconds(60)) == nil)
    }

    /// Runs `body` with calls to a server whose first answer is given and whose others are good.
    private func after(
        _ first: HostileMove, stopping: Bool,
        _ body: (HostileServer, (_ operation: String) async throws -> Problem?) async throws -> Void
    ) async throws {
        try await HostileServer.run(.each { _, number in [number == 0 ? first : .answer()] }) { server in
            try await Provider.reach { outbound in
                var route = Provider.route()
                route.stopsAfterRefusal = stopping
                let upstream = outbound.upstream(route)
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)")!).bearer(
                    Provider.token)
                try await body(server) { name in
                    try await problem { try await upstream.send(request, as: UpstreamOperation(name)) }
                }
            }
        }
    }
}
