import Foundation
import HostileServer
import MaxCore
import MaxHTTP
import MaxHub
import Synchronization
import Testing

@testable import MaxConnector

struct LineTests {
    private static let operation = UpstreamOperation("line", concurrency: 1)

    /// Runs `body` with a line to a server that behaves by a script.
    private func line<Result>(
        _ script: HostileServer.Script, _ security: LineRequest.Security = .none, certificate: String? = nil,
        silence: Duration = .seconds(60), route: UpstreamRoute = Provider.route(),
        _ body: (any UpstreamLine, HostileServer) async throws -> Result
    ) async throws -> Result {
        var limits = OutboundLimits.patient
        limits.lineSilence = silence
        return try await HostileServer.run(script, certificate: certificate) { server in
            try await Provider.reach(limits: limits) { outbound in
                let request = LineRequest(host: "acme.test", port: server.port, security: security)
                return try await body(try await outbound.upstream(route).open(request, as: Self.operation), server)
            }
        }
    }

    private let echo = HostileServer.Script.lines { line, _ in [.text("heard \(line)\r\n")] }

    @Test(arguments: [LineRequest.Security.none, .tls])
    func `carries bytes both ways`(security: LineRequest.Security) async throws {
        let certificate = security == .tls ? TestCertificates.good : nil
        try await line(echo, security, certificate: certificate) { line, _ in
            try await line.write(Data("one\r\n".utf8))
            #expect(try await line.read() == Data("heard one\r\n".utf8))
            try await line.write([.text("two "), .secret(Provider.token, .plain), .text("\r\n")])
            #expect(try await line.read() == Data("heard two \(Provider.canary)\r\n".utf8))
            await line.close()
        }
    }

    @Test func `carries on under TLS once both agree`() async throws {
        var script = HostileServer.Script.lines { line, _ in
            line == "tls" ? [.startTLS(Array("go\r\n".utf8))] : [.text("heard \(line)\r\n")]
        }
        script.startsTLS = true
        let told = Mutex<[Rung]>([])
        let route = Provider.route(onRung: { news in
            if case .passed(let rung) = news { told.withLock { $0.append(rung) } }
        })
        try await line(script, .startTLS, certificate: TestCertificates.good, route: route) { line, server in
            let early = try await problem { try await line.write([.secret(Provider.token, .plain)]) }
            #expect(early?.code == "not_encrypted")
            try await line.write(Data("tls\r\n".utf8))
            #expect(try await line.read() == Data("go\r\n".utf8))
            try await line.startTLS()
            try await line.write([.secret(Provider.token, .quoted), .text("\r\n")])
            #expect(try await line.read() == Data("heard \"\(Provider.canary)\"\r\n".utf8))
            let again = try await problem { try await line.startTLS() }
            #expect(again?.code == "invalid_request")
            #expect(server.requests.first == "tls")
        }
        #expect(told.withLock { $0 } == [.resolve, .connect, .tls, .answer])
    }

    @Test func `takes nothing said in the open for something said under TLS`() async throws {
        // Nobody reads it: it is there when TLS is asked for, or it comes in the place of a handshake.
        let unread = try await problem {
            try await line(.atOnce(.text("* OK hello there\r\n")), .startTLS) { line, _ in try await line.startTLS() }
        }
        #expect(unread?.rung == .tls)
        #expect(["tls_injected", "tls_not_spoken", "tls_failed"].contains(unread?.code))
    }

    @Test(
        arguments: [
            (TestCertificates.expired, "certificate_expired"), (TestCertificates.otherName, "certificate_wrong_name"),
            (TestCertificates.early, "certificate_not_yet_valid"),
            (TestCertificates.selfSigned, "certificate_unknown_authority"),
        ])
    func `tells why a certificate is not believed`(pem: String, code: String) async throws {
        let found = try await problem { try await line(echo, .tls, certificate: pem) { _, _ in } }
        #expect(found?.code == code)
        #expect(found?.rung == .tls)
        #expect(found?.sentence?.contains("acme.test") == true)
    }

    @Test func `tells that plain text is spoken where TLS was asked for`() async throws {
        let found = try await problem { try await line(.atOnce(.text("* OK hello there\r\n")), .tls) { _, _ in } }
        #expect(found?.code == "tls_not_spoken")
        #expect(found?.sentence?.contains("https") == false)
    }

    @Test func `goes nowhere it has no business`() async throws {
        func refusal(_ host: String, _ port: Int, _ security: LineRequest.Security, _ route: UpstreamRoute) async throws
            -> Problem?
        {
            try await Provider.reach(HostResolver { _ in [IPAddress("10.0.0.1")!] }) { outbound in
                try await problem {
                    try await outbound.upstream(route).open(
                        LineRequest(host: host, port: port, security: security), as: Self.operation)
                }
            }
        }
        let unasked = Provider.route(allowing: [])
        #expect(try await refusal("acme.test", 993, .tls, unasked)?.code == "private_address")
        #expect(try await refusal("acme.test", 25, .tls, unasked)?.code == "port_refused")
        #expect(try await refusal("acme.test", 0, .tls, unasked)?.code == "invalid_address")
        #expect(try await refusal("a b", 993, .tls, unasked)?.code == "invalid_address")
        #expect(
            try await refusal("other.test", 993, .tls, Provider.route(hosts: ["acme.test"], allowing: []))?.code
                == "egress_refused")
        #expect(try await refusal("acme.test", 993, .none, Provider.route())?.code == "not_encrypted")
    }

    @Test func `tells that nothing answers`() async throws {
        let deaf = try DeafPort()
        let port = deaf.number
        let found = try await Provider.reach { outbound in
            try await problem {
                try await outbound.upstream(Provider.route()).open(
                    LineRequest(host: "acme.test", port: port, security: .tls), as: Self.operation)
            }
        }
        #expect(found?.code == "connection_refused")
    }

    @Test func `ends a silence that lasts too long`() async throws {
        let found = try await problem {
            try await line(.atOnce(.hang), silence: .milliseconds(100)) { line, _ in _ = try await line.read() }
        }
        #expect(found?.code == "provider_silent")
        #expect(found?.kind == .retryable)
    }

    @Test func `tells the end from a break`() async throws {
        try await line(.atOnce(.text("bye"), .close)) { line, _ async throws in
            #expect(try await line.read() == Data("bye".utf8))
            #expect(try await line.read() == nil)
            #expect(try await line.read() == nil)
        }
        let found = try await problem {
            try await line(.lines { _, _ in [.reset] }) { line, _ in
                try await line.write(Data("x\r\n".utf8))
                while try await line.read() != nil {}
            }
        }
        #expect(found?.code == "connection_closed")
    }

    @Test func `keeps few bytes for a reader that is slow`() async throws {
        let flood = HostileServer.Script.atOnce(.flood([UInt8](repeating: 0x78, count: 1 << 20)))
        try await line(flood) { line, _ in
            for _ in 0..<40 {
                let bytes = try #require(try await line.read())
                #expect(bytes.count <= 2 << 20)
            }
        }
    }

    @Test(arguments: ["line\r\nbreak", "line\nbreak", "nul\0", " ", "\r"])
    func `sends no secret that could end a line`(secret: String) async throws {
        let handle = CredentialHandle<SecretValue>(name: "p", label: "Password") { SecretValue(secret) }
        for spelling in [LinePart.SecretSpelling.plain, .quoted, .literal, .saslPlain(user: "tim")] {
            try await line(echo) { line, server in
                let found = try await problem {
                    try await line.write([.text("x\r\n"), .secret(handle, spelling), .text("\r\n")])
                }
                #expect(found?.code == "credential_malformed" && found?.field == "p")
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `spells secrets`() async throws {
        let spellings: [(LinePart.SecretSpelling, String, String?)] = [
            (.plain, "pä\"", "pä\""), (.quoted, "p\"a\\", "\"p\\\"a\\\\\""), (.quoted, "pä", nil),
            (.saslPlain(user: "tim"), "pä", Data("\0tim\0pä".utf8).base64EncodedString()),
            (.saslPlain(user: "t\0"), "p", nil),
        ]
        for (spelling, secret, wire) in spellings {
            let handle = CredentialHandle<SecretValue>(name: "p", label: "Password") { SecretValue(secret) }
            try await line(echo) { line, _ in
                let found = try await problem { try await line.write([.secret(handle, spelling), .text("\r\n")]) }
                guard let wire else {
                    #expect(found?.code == "credential_malformed")
                    return
                }
                #expect(try await line.read() == Data("heard \(wire)\r\n".utf8))
            }
        }
    }

    @Test func `keeps its place until it is closed or let go of`() async throws {
        try await HostileServer.run(echo) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route())
                let request = LineRequest(host: "acme.test", port: server.port, security: .none)
                let first = try await upstream.open(request, as: Self.operation)
                try await first.write(Data("one\r\n".utf8))
                #expect(outbound.calls.count("acme", Self.operation).begun == 2)
                #expect(outbound.calls.count("acme", Self.operation).ended == 1)
                await first.close()
                #expect(outbound.calls.count("acme", Self.operation).ended == 2)
                for _ in 0..<3 { _ = try await upstream.open(request, as: Self.operation) }
                #expect(outbound.calls.count("acme", Self.operation).begun == 5)
            }
        }
    }

    @Test func `lets nobody call after a credential was refused on a line`() async throws {
        try await HostileServer.run(echo) { server in
            try await Provider.reach { outbound in
                var route = Provider.route()
                route.stopsAfterRefusal = true
                let upstream = outbound.upstream(route)
                let request = LineRequest(host: "acme.test", port: server.port, security: .none)
                let operation = UpstreamOperation("line")
                let (one, other) = (
                    try await upstream.open(request, as: operation), try await upstream.open(request, as: operation)
                )
                let refusal = Problem("credential_refused", .auth, "No.", rung: .signIn)
                await one.close(because: refusal)
                #expect(try await problem { try await other.write(Data("x\r\n".utf8)) } == refusal)
                #expect(try await problem { try await upstream.open(request, as: operation) } == refusal)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `is closed with the way out`() async throws {
        try await HostileServer.run(echo) { server in
            let outbound = Outbound(resolver: Provider.loopback)
            let upstream = outbound.upstream(Provider.route())
            let request = LineRequest(host: "acme.test", port: server.port, security: .none)
            let line = try await upstream.open(request, as: UpstreamOperation("line"))
            await outbound.shutdown()
            #expect(try await line.read() == nil)
            await #expect(throws: CancellationError.self) {
                _ = try await upstream.open(request, as: UpstreamOperation("line"))
            }
        }
    }

    @Test func `ends with the task that reads it`() async throws {
        try await line(.atOnce(.hang)) { line, _ in
            let reading = Task { try await line.read() }
            reading.cancel()
            await #expect(throws: CancellationError.self) { _ = try await reading.value }
        }
    }
}
