import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub
import Synchronization
import Testing

struct CertificateTests {
    @Test(arguments: [true, false])
    func `speaks TLS with a certificate of a trusted authority`(climbing: Bool) async throws {
        let answer = try await Provider.ask(
            .always(.answer()), certificate: TestCertificates.good, scheme: "https", route: route(climbing))
        #expect(answer.status == 200)
    }

    @Test(
        arguments: [
            (TestCertificates.expired, "certificate_expired"), (TestCertificates.otherName, "certificate_wrong_name"),
            (TestCertificates.early, "certificate_not_yet_valid"),
            (TestCertificates.selfSigned, "certificate_unknown_authority"),
        ], [true, false])
    func `tells why a certificate is not believed`(refused: (pem: String, code: String), climbing: Bool) async throws {
        let found = try await problem {
            try await Provider.ask(
                .always(.answer()), certificate: refused.pem, scheme: "https", route: route(climbing))
        }
        #expect(found?.code == refused.code)
        #expect(found?.rung == .tls)
        #expect(found?.sentence?.contains("acme.test") == true)
    }

    @Test func `tells the day a certificate expired`() async throws {
        let found = try await problem {
            try await Provider.ask(.always(.answer()), certificate: TestCertificates.expired, scheme: "https")
        }
        #expect(found?.sentence == "The certificate of acme.test expired on 3 February 2021.")
    }

    @Test(arguments: [true, false])
    func `tells that plain text is spoken on a TLS port`(climbing: Bool) async throws {
        let found = try await problem {
            try await Provider.ask(
                .atOnce(.text("HTTP/1.1 400 Bad Request\r\n\r\n")), scheme: "https", route: route(climbing))
        }
        #expect(found?.code == "tls_not_spoken")
        #expect(found?.rung == .tls)
    }

    @Test(arguments: [HostileServer.Script.atHandshake(.close), .atHandshake(.reset)])
    func `tells that a connection was closed during the handshake`(script: HostileServer.Script) async throws {
        let found = try await problem { try await Provider.ask(script, scheme: "https", route: route(true)) }
        #expect(found?.code == "tls_failed")
        #expect(found?.rung == .tls)
    }

    @Test(arguments: [true, false])
    func `tells that a handshake does not go on`(climbing: Bool) async throws {
        var limits = OutboundLimits.patient
        limits.handshake = .milliseconds(200)
        let found = try await problem {
            try await Provider.ask(
                .atOnce(.hang), scheme: "https", route: route(climbing), limits: limits)
        }
        #expect(found?.code == "tls_silent")
        #expect(found?.rung == .tls)
    }

    @Test(arguments: [("http", [Rung.resolve, .connect, .answer]), ("https", [.resolve, .connect, .tls, .answer])])
    func `tells each rung once as it is reached`(scheme: String, rungs: [Rung]) async throws {
        let told = Mutex<[Rung]>([])
        let certificate = scheme == "https" ? TestCertificates.good : nil
        try await HostileServer.run(.always(.answer()), certificate: certificate) { server in
            try await Provider.reach { outbound in
                let route = Provider.route(onRung: { news in told.withLock { $0 += news.passed } })
                let upstream = outbound.upstream(route)
                for _ in 0..<2 {
                    _ = try await upstream.send(
                        .get(URL(string: "\(scheme)://acme.test:\(server.port)")!), as: UpstreamOperation("me"))
                }
            }
        }
        #expect(told.withLock { $0 } == rungs)
    }

    @Test func `climbs again after a rung gave way`() async throws {
        let told = Mutex<[Rung]>([])
        let script = HostileServer.Script.each { _, number in [number == 0 ? .close : .answer()] }
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(
                    Provider.route(onRung: { news in told.withLock { $0 += news.passed } }))
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)")!)
                let failure = try await problem { try await upstream.send(request, as: UpstreamOperation("me")) }
                #expect(failure != nil)
                _ = try await upstream.send(request, as: UpstreamOperation("me"))
            }
        }
        #expect(told.withLock { $0 } == [.resolve, .connect, .resolve, .connect, .answer])
    }

    private func route(_ climbing: Bool) -> UpstreamRoute {
        climbing ? Provider.route(onRung: { _ in }) : Provider.route()
    }
}

extension RungNews {
    /// The rung that is behind now.
    fileprivate var passed: [Rung] { if case .passed(let rung) = self { [rung] } else { [] } }
}
