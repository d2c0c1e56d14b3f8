import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHTTP
import Testing

struct RedirectTests {
    @Test(arguments: [301, 302, 303, 307, 308])
    func `follows a redirect inside an origin with the credential`(status: Int) async throws {
        let script = HostileServer.Script.each { head, _ in
            [head.hasPrefix("GET /me") ? .redirect(status, to: "/users/7") : .answer()]
        }
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)/me")!)
                    .bearer(Provider.token)
                let upstream = outbound.upstream(Provider.route())
                let answer = try await upstream.send(request, as: UpstreamOperation("me"))
                #expect(answer.status == 200)
            }
            #expect(server.requests.last?.hasPrefix("GET /users/7 ") == true)
            #expect(server.requests.allSatisfy { $0.contains(Provider.canary) })
        }
    }

    @Test func `leaves every secret behind on the way to another origin`() async throws {
        try await HostileServer.run(.always(.answer())) { other in
            try await HostileServer.run(.always(.redirect(302, to: "http://acme.test:\(other.port)/x"))) { server in
                try await Provider.reach { outbound in
                    let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)/me")!)
                        .bearer(Provider.token).header("X-Api-Key", Provider.canary)
                        .header("Cookie", Provider.canary).header("Accept", "application/json")
                    _ = try await outbound.upstream(Provider.route()).send(request, as: UpstreamOperation("me"))
                }
                #expect(server.requests.count == 1)
            }
            #expect(other.requests.count == 1)
            #expect(other.requests.allSatisfy { !$0.contains(Provider.canary) })
        }
    }

    @Test func `does not take the credential up again on the way back`() async throws {
        let script = HostileServer.Script.each { head, _ in
            switch head.split(separator: " ")[1] {
            case "/me": [.redirect(302, to: "http://other.test:\(head.port)/hop")]
            case "/hop": [.redirect(302, to: "http://acme.test:\(head.port)/back")]
            default: [.answer(401)]
            }
        }
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let upstream = outbound.upstream(Provider.route(allowing: ["acme.test", "other.test"]))
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)/me")!)
                    .bearer(Provider.token)
                let found = try await problem { try await upstream.send(request, as: UpstreamOperation("me")) }
                #expect(found?.code == "moved")
            }
            #expect(server.requests.map { $0.contains(Provider.canary) } == [true, false, false])
        }
    }

    @Test(arguments: [
        (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (303, "PUT", "GET"), (307, "POST", "POST"),
        (308, "PUT", "PUT"), (301, "PUT", "PUT"), (303, "HEAD", "HEAD"),
    ])
    func `changes the method as RFC 9110 says`(status: Int, method: String, next: String) async throws {
        let script = HostileServer.Script.each { head, number in
            [number == 0 ? .redirect(status, to: "/next") : .answer(204, ["Content-Length": "0"], "")]
        }
        try await HostileServer.run(script) { server in
            try await Provider.reach { outbound in
                let url = URL(string: "http://acme.test:\(server.port)/me")!
                let request = UpstreamRequest(try #require(UpstreamRequest.Method(rawValue: method)), url)
                _ = try await outbound.upstream(Provider.route()).send(request, as: UpstreamOperation("me"))
            }
            #expect(server.requests.last?.hasPrefix("\(next) /next ") == true)
        }
    }

    @Test func `carries no contents to another origin`() async throws {
        try await HostileServer.run(.always(.answer())) { other in
            let found = try await problem {
                try await Provider.ask(.always(.redirect(307, to: "http://acme.test:\(other.port)/"))) {
                    $0.method = .post
                    $0.body = Data(Provider.canary.utf8)
                }
            }
            #expect(found?.code == "redirect_refused")
            #expect(other.requests.isEmpty)
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1:8099/", "redirect_refused"), ("http://2130706433/", "redirect_refused"),
        ("http://inside.test/", "redirect_refused"), ("file:///etc/passwd", "invalid_address"),
        ("http://[", "redirect_refused"), ("/me", "redirect_loop"), ("https://127.0.0.1:65536/", "invalid_address"),
    ])
    func `follows no redirect that leads astray`(location: String, code: String) async throws {
        let found = try await problem { try await Provider.ask(.always(.redirect(302, to: location))) }
        #expect(found?.code == code)
    }

    @Test func `follows no redirect to a host outside the connector's`() async throws {
        let found = try await problem {
            try await Provider.ask(
                .always(.redirect(302, to: "https://evil.test/")), route: Provider.route(hosts: ["acme.test"]))
        }
        #expect(found?.code == "egress_refused")
    }

    @Test func `follows no redirect out of TLS`() async throws {
        let found = try await problem {
            try await Provider.ask(
                .always(.redirect(302, to: "http://acme.test/")), certificate: TestCertificates.good, scheme: "https")
        }
        #expect(found?.code == "redirect_refused")
    }

    @Test func `tells the new address when a refusal comes after a move`() async throws {
        try await HostileServer.run(.always(.answer(401)), certificate: TestCertificates.good) { secure in
            let found = try await problem {
                try await Provider.ask(.always(.redirect(301, to: "https://acme.test:\(secure.port)/me")))
            }
            #expect(found?.code == "moved")
            #expect(found?.fix == .action("Use https://acme.test:\(secure.port) as the address."))
        }
    }

    @Test func `returns a redirect that the request accepts`() async throws {
        let answer = try await Provider.ask(.always(.redirect(302, to: "/x"))) { $0 = $0.accepting(302) }
        #expect(answer.header("Location") == "/x")
    }
}

extension String {
    /// The port in the head's `Host` header.
    fileprivate var port: String {
        String(components(separatedBy: ".test:").last?.prefix { $0.isNumber } ?? "")
    }
}
