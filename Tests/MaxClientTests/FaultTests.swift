import Foundation
import HostileServer
import MaxCore
import MaxWire
import Testing

@testable import MaxClient

/// A server that is gone, in another's hands, broken, or none of Max.
struct FaultTests {
    @Test func `a server that is gone is said to be`() async throws {
        let port = try DeafPort()
        let found = await code { [number = port.number] in try await Self.ask("http://127.0.0.1:\(number)") }
        #expect(found == .serverUnreachable)
    }

    @Test func `a name that nobody has is unreachable`() async throws {
        let found = await code { try await Self.ask("https://max.invalid") }
        #expect(found == .serverUnreachable)
    }

    @Test(arguments: [
        ("garbage", HostileMove.text("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        ("a page", .answer(200, ["Content-Type": "text/html"], "<p>")),
        ("another shape", .answer(200, ["Content-Type": "application/json"], #"{"hello": "world"}"#)),
        ("an error page", .answer(500, ["Content-Type": "text/html"], "<h1>")),
    ])
    func `what is no server of Max is recognised`(what: String, move: HostileMove) async throws {
        try await HostileServer.run(.always(move)) { server in
            let found = await code { try await Self.ask(server) }
            #expect(found == .serverUnfit)
        }
    }

    @Test func `an answer without an end is not taken`() async throws {
        for moves in [[HostileMove].tenGigabytes, .endlessBody] {
            try await HostileServer.run(.always(moves)) { server in
                var limits = Self.limits
                limits.answer = 1 << 20
                let found = await code { [limits] in try await Self.ask(server, limits) }
                #expect(found == .serverUnfit)
            }
        }
    }

    @Test func `compression is not asked for and not unpacked`() async throws {
        try await HostileServer.run(
            .always([.send(HostileMove.head(200, ["Content-Encoding": "gzip", "Content-Length": "2"])), .text("{}")])
        ) { server in
            let found = await code { try await Self.ask(server) }
            #expect(found == .serverUnfit)
            #expect(!(server.requests.first?.lowercased().contains("accept-encoding") ?? true))
        }
    }

    @Test func `a server that says nothing is given up`() async throws {
        try await HostileServer.run(.always(.hang)) { server in
            var limits = Self.limits
            limits.silence = .milliseconds(200)
            let found = await code { [limits] in try await Self.ask(server, limits) }
            #expect(found == .serverSilent)
        }
    }

    @Test func `an answer that drips for ever is given up`() async throws {
        try await HostileServer.run(.always(.drip)) { server in
            var limits = Self.limits
            limits.whole = .milliseconds(300)
            let found = await code { [limits] in try await Self.ask(server, limits) }
            #expect(found == .serverSilent)
        }
    }

    @Test func `a token does not follow to another place`() async throws {
        try await HostileServer.run(.always(.answer())) { other in
            let target = "http://127.0.0.1:\(other.port)/v1/me"
            for status in [301, 302, 303, 307, 308] {
                try await HostileServer.run(.always(.redirect(status, to: target))) { server in
                    let found = await code { try await Self.ask(server) }
                    #expect(found == .serverUnfit)
                }
            }
            #expect(other.connections == 0)
        }
    }

    @Test(arguments: [TestCertificates.selfSigned, TestCertificates.expired, TestCertificates.otherName])
    func `a certificate that proves nothing gets no token`(certificate: String) async throws {
        try await HostileServer.run(.always(.answer()), certificate: certificate) { server in
            let address = "https://localhost:\(server.port)"
            let found = await code { try await Self.ask(address, authorities: TestCertificates.authority) }
            #expect(found == .serverUntrusted)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a login that is over says how to log in`() async throws {
        try await HostileServer.run(.always(.answer(401))) { server in
            let thrown = await fault { try await Self.ask(server) }
            let error = try #require(thrown as? MaxError)
            #expect(error.code == .loginEnded)
            #expect(error.fix == "Log in again with max login http://127.0.0.1:\(server.port).")
            #expect(!error.description.contains(Self.token))
        }
    }

    @Test func `a problem is told in the server's words`() async throws {
        let body =
            #"{"type":"about:blank","title":"x","status":409,"detail":"It is taken.","code":"name_taken","fix":"Choose another."}"#
        try await HostileServer.run(.always(.answer(409, ["Content-Type": "application/problem+json"], body))) {
            server in
            let thrown = await fault { try await Self.ask(server) }
            let error = try #require(thrown as? MaxError)
            #expect(error == MaxError("name_taken", "It is taken.", fix: "Choose another."))
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a provider's problem keeps its kind and its rung`() async throws {
        let body =
            #"{"type":"about:blank","title":"x","status":422,"detail":"No.","code":"refused","kind":"auth","rung":"sign_in","fix":"Page","url":"https://acme.test/"}"#
        try await HostileServer.run(.always(.answer(422, [:], body))) { server in
            let thrown = await fault { try await Self.ask(server) }
            let problem = try #require(thrown as? Problem)
            let page = try #require(URL(string: "https://acme.test/"))
            #expect(problem == Problem("refused", .auth, "No.", rung: .signIn, fix: .link(title: "Page", url: page)))
        }
    }
}

/// What is sent again, and what is not.
struct RetryTests {
    private static let busy = HostileMove.answer(503, ["Retry-After": "0"])
    private static let me = #"{"kind":"agent","id":"agt_1","expiresAt":"2030-01-01T00:00:00Z"}"#

    @Test func `a server that asks for patience is asked again`() async throws {
        let script = HostileServer.Script.each { _, number in [number < 2 ? Self.busy : .answer(200, [:], Self.me)] }
        try await HostileServer.run(script) { server in
            let kind = try await FaultTests.ask(server)
            #expect(kind == "agent")
            #expect(server.requests.count == 3)
        }
    }

    @Test func `patience has an end`() async throws {
        try await HostileServer.run(.always(Self.busy)) { server in
            _ = await fault { try await FaultTests.ask(server) }
            #expect(server.requests.count == FaultTests.limits.attempts)
        }
    }

    @Test(arguments: ["3600", "1e300", "nonsense"])
    func `a longer wait than anybody has is told of at once`(wait: String) async throws {
        try await HostileServer.run(.always(.answer(429, ["Retry-After": wait]))) { server in
            let found = await fault { try await FaultTests.ask(server) }
            #expect(found != nil)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a request that was lost comes again under the same name`() async throws {
        let run =
            #"{"id":"run_1","connection":"a","state":"requested","stalled":false,"mode":"changes","only":[],"requestedAt":"2030-01-01T00:00:00Z","records":0,"counts":{},"stages":[],"misfits":{},"missing":[],"emptiness":{}}"#
        let script = HostileServer.Script.each { _, number in number == 0 ? [.close] : [.answer(202, [:], run)] }
        try await HostileServer.run(script) { server in
            let address = try ServerAddress("http://127.0.0.1:\(server.port)")
            let id = try await Client.with(address, token: SecretValue(FaultTests.token), limits: FaultTests.limits) {
                try await $0.sync("a", .init()).id
            }
            #expect(id == "run_1")
            let keys = server.requests.compactMap { head in
                head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("idempotency-key:") }
            }
            #expect(keys.count == 2 && Set(keys).count == 1)
        }
    }

    @Test func `what cannot be repeated is not`() async throws {
        try await HostileServer.run(.always(.close)) { server in
            let address = try ServerAddress("http://127.0.0.1:\(server.port)")
            let lost = await code {
                try await Client.with(address, token: nil, limits: FaultTests.limits) { try await $0.erase("a") }
            }
            #expect(lost == .serverSilent)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a stream goes on behind the last event`() async throws {
        let head = HostileMove.send(HostileMove.head(200, ["Content-Type": "text/event-stream"]))
        let script = HostileServer.Script.each { _, number in
            [head, .text("id: \(number)\nevent: run\ndata: {}\n\ndata: half"), .close]
        }
        try await HostileServer.run(script) { server in
            let address = try ServerAddress("http://127.0.0.1:\(server.port)")
            let ids = try await Client.with(address, token: nil, limits: FaultTests.limits) { client in
                var ids: [String?] = []
                for try await event in client.events(after: "41") {
                    ids.append(event.id)
                    if ids.count == 3 { break }
                }
                return ids
            }
            #expect(ids == ["0", "1", "2"])
            let named = server.requests.map {
                $0.lowercased().split(separator: "last-event-id: ").last?.prefix { $0.isNumber }
            }
            #expect(named.prefix(3) == ["41", "0", "1"])
        }
    }

    @Test func `a stream that always breaks off ends with a word`() async throws {
        try await HostileServer.run(.always(.close)) { server in
            let address = try ServerAddress("http://127.0.0.1:\(server.port)")
            let lost = await code {
                try await Client.with(address, token: nil, limits: FaultTests.limits) { client in
                    for try await _ in client.events() {}
                }
            }
            #expect(lost == .serverSilent)
        }
    }
}

extension FaultTests {
    static let token = "mxa_planted0token0that0nobody0may0see"

    static let limits = {
        var limits = ClientLimits()
        (limits.pause, limits.attempts) = (.milliseconds(1), 3)
        return limits
    }()

    static func ask(_ server: HostileServer, _ limits: ClientLimits = limits) async throws -> String {
        try await ask("http://127.0.0.1:\(server.port)", limits)
    }

    static func ask(
        _ address: String, _ limits: ClientLimits = limits, authorities: String? = nil
    ) async throws -> String {
        try await Client.with(
            ServerAddress(address), token: SecretValue(token), limits: limits, authorities: authorities
        ) { try await $0.me().kind }
    }
}

/// What `work` throws.
func fault(_ work: () async throws -> some Any) async -> (any Error)? {
    do {
        _ = try await work()
        return nil
    } catch { return error }
}

/// The code of the error that `work` throws.
func code(_ work: () async throws -> some Any) async -> MaxError.Code? { (await fault(work) as? MaxError)?.code }
