import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import MaxHTTP

struct HostileProviderTests {
    @Test(arguments: [
        (HostileServer.Script.always(.text("SSH-2.0-OpenSSH_9.2\r\n\r\n")), "answer_not_understood"),
        (.always(.send([0, 1, 2, 3, 0xff, 0x0d, 0x0a, 0x0d, 0x0a])), "answer_not_understood"),
        (.always(.endlessHeaders), "answer_not_understood"),
        (
            .always(.answer(200, ["Content-Type": "text/html; charset=utf-8"], "<p>Sign in</p>")),
            "answer_not_understood"
        ),
        (.always(.answer(200, ["Content-Type": "application/json"], "\n<!DOCTYPE html><p>")), "answer_not_understood"),
        (.always(.answer(200, ["Content-Encoding": "gzip"], "this is not gzip")), "answer_not_understood"),
        (.always(.tenGigabytes), "answer_too_large"), (.always(.endlessBody), "answer_too_large"),
        (.always(.gzipBomb), "answer_too_large"), (.always(.hang), "provider_silent"),
        (.neverAccepting, "provider_silent"),
        (.always(.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .close), "connection_closed"),
        (.always(.close), "connection_closed"), (.always(.reset), "connection_closed"),
        (.atOnce(.close), "connection_closed"),
    ])
    func `ends whatever a provider does in one sentence`(script: HostileServer.Script, code: String) async throws {
        let found = try await Self.ending(
            of: script, deadline: code == "provider_silent" ? .milliseconds(400) : .seconds(60))
        Self.expect(found, code)
    }

    /// Whether the connection stood for a moment before it was reset, the system tells or does not.
    @Test func `ends a connection that is reset at once in one sentence`() async throws {
        let found = try await Self.ending(of: .atOnce(.reset), deadline: .seconds(60))
        let rungs: [String: Rung] = ["connection_closed": .answer, "connection_refused": .connect]
        let ending = try #require(found)
        #expect(ending.rung != nil && ending.rung == rungs[ending.code])
        #expect(ending.sentence != nil)
    }

    /// On a busy machine nothing may have come when a short time is over, which is silence.
    @Test func `ends an answer that drips in one sentence`() async throws {
        var found: Problem?
        for deadline in [Duration.milliseconds(500), .seconds(4), .seconds(32)] where found?.code != "provider_slow" {
            found = try await Self.ending(of: .always(.drip), deadline: deadline)
        }
        Self.expect(found, "provider_slow")
    }

    private static func ending(of script: HostileServer.Script, deadline: Duration) async throws -> Problem? {
        try await problem {
            try await Provider.ask(script, route: Provider.route(deadline: deadline)) { $0.maximumBody = 1 << 20 }
        }
    }

    private static func expect(_ found: Problem?, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(found?.code == code, sourceLocation: sourceLocation)
        #expect(found?.rung == .answer, sourceLocation: sourceLocation)
        #expect(found?.sentence?.contains("Acme") == true, sourceLocation: sourceLocation)
        #expect(found?.fix != nil, sourceLocation: sourceLocation)
    }

    @Test func `ends a silence before the deadline`() async throws {
        var limits = OutboundLimits.patient
        limits.silence = .milliseconds(200)
        let found = try await problem { try await Provider.ask(.always(.hang), limits: limits) }
        #expect(found?.code == "provider_silent")
    }

    @Test func `says how long it waited`() {
        let sentence = "Acme accepted the connection but did not answer within 10 seconds."
        #expect(Problem.silent("Acme", .seconds(10)).sentence == sentence)
    }

    @Test func `says that nothing listens`() async throws {
        let deaf = try DeafPort()
        let port = deaf.number
        try await Provider.reach { outbound in
            let found = try await problem {
                try await outbound.upstream(Provider.route()).send(
                    .get(URL(string: "http://acme.test:\(port)")!), as: UpstreamOperation("me"))
            }
            #expect(found?.code == "connection_refused")
            #expect(found?.sentence == "Nothing answers at acme.test:\(port).")
            #expect(found?.rung == .connect)
        }
    }

    @Test(arguments: [true, false])
    func `says that a host takes no connection`(climbing: Bool) async throws {
        var limits = OutboundLimits.patient
        limits.connect = .milliseconds(200)
        limits.handshake = .milliseconds(200)
        try await HostileServer.run(.neverAccepting) { server in
            try await server.fillQueue()
            try await Provider.reach(limits: limits) { outbound in
                let route = climbing ? Provider.route(onRung: { _ in }) : Provider.route()
                let found = try await problem {
                    try await outbound.upstream(route).send(
                        .get(URL(string: "http://acme.test:\(server.port)")!), as: UpstreamOperation("me"))
                }
                #expect(found?.code == "connection_timed_out")
                #expect(found?.rung == .connect)
            }
        }
    }

    @Test(arguments: [(HostResolver.Fault.unknown, "host_unknown"), (.unavailable, "lookup_failed")])
    func `says that a name leads nowhere`(fault: HostResolver.Fault, code: String) async throws {
        try await Provider.reach(HostResolver { _ in throw fault }) { outbound in
            let found = try await problem {
                try await outbound.upstream(Provider.route()).send(
                    .get(URL(string: "https://acme.test")!), as: UpstreamOperation("me"))
            }
            #expect(found?.code == code)
            #expect(found?.rung == .resolve)
            #expect(found?.sentence?.contains("acme.test") == true)
        }
    }

    @Test func `gives a lookup up that takes too long`() async throws {
        var limits = OutboundLimits.patient
        limits.lookup = .milliseconds(50)
        let resolver = HostResolver { _ in
            try await Task.sleep(for: .seconds(60))
            return []
        }
        try await Provider.reach(resolver, limits: limits) { outbound in
            let found = try await problem {
                try await outbound.upstream(Provider.route()).send(
                    .get(URL(string: "https://acme.test")!), as: UpstreamOperation("me"))
            }
            #expect(found?.code == "lookup_failed")
        }
    }

    @Test func `tries the next address when one takes no connection`() async throws {
        let resolver = HostResolver { _ in [IPAddress("::1")!, IPAddress("127.0.0.1")!] }
        try await HostileServer.run(.always(.answer())) { server in
            try await Provider.reach(resolver) { outbound in
                let upstream = outbound.upstream(Provider.route())
                let url = URL(string: "http://acme.test:\(server.port)")!
                let answer = try await upstream.send(.get(url), as: UpstreamOperation("me"))
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `unpacks a compressed body`() async throws {
        let gzip: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 0, 0xfd, 0xff, 0x7b, 0x7d, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
        ]
        let headers = ["Content-Encoding": "gzip", "Content-Type": "application/json"]
        let answer = try await Provider.ask(.always(.answer(200, headers, bytes: gzip)))
        #expect(String(decoding: answer.body, as: UTF8.self) == "{}")
    }

    @Test func `stops when its caller is cancelled`() async throws {
        try await HostileServer.run(.always(.hang)) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route())
                let call = Task {
                    try await upstream.send(
                        .get(URL(string: "http://acme.test:\(server.port)")!), as: UpstreamOperation("me"))
                }
                while server.requests.isEmpty { await Task.yield() }
                call.cancel()
                await #expect(throws: CancellationError.self) { try await call.value }
            }
        }
    }
}
