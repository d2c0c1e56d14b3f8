import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import MaxServer

struct HostTests {
    @Test(arguments: [
        ("127.0.0.1:7117", true), ("localhost", true), ("LOCALHOST:80", true), ("[::1]:7117", true),
        ("max.example.org", true), ("max.example.org:443", true), ("evil.test", false), ("192.168.1.9", false),
        ("localhost.evil.test", false), ("evil.test:7117@localhost", false), ("", false), ("localhost:7117:1", false),
        ("local host", false), ("127.0.0.1.", false),
    ])
    func `answers under its own names alone`(host: String, isOwn: Bool) {
        let origin = ServerOrigin(scheme: .https, authority: "max.example.org")
        #expect(HostRule(listening: "127.0.0.1", publicly: origin).admits(host) == isOwn)
    }

    @Test(arguments: [
        ("192.168.1.9:7117", true), ("[fe80::1]", true), ("10.0.0.1", true), ("evil.test", false), ("1.2.3", false),
    ])
    func `answers under any address in numbers when it listens on every one`(host: String, isOwn: Bool) {
        #expect(HostRule(listening: "0.0.0.0", publicly: nil).admits(host) == isOwn)
        #expect(HostRule(listening: "::", publicly: nil).admits(host) == isOwn)
    }

    @Test(arguments: [
        ("GET /me HTTP/1.1\r\nHost: evil.test\r\n\r\n", "421"),
        ("GET /nowhere HTTP/1.1\r\nHost: evil.test\r\n\r\n", "421"),
        ("GET /healthz HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n", "200"),
        ("GET /readyz HTTP/1.1\r\nHost: evil.test\r\n\r\n", "421"),
        ("GET /me HTTP/1.1\r\n\r\n", "400"), ("GET /me HTTP/1.0\r\n\r\n", "400"),
        ("GET /me HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n", "400"),
        ("GET /me HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n", "400"),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
        ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
    ])
    func `refuses a request for another server and closes the connection`(request: String, status: String) async throws
    {
        try await Site.with { site in
            try await site.serving { port, _ in
                let answer = try await Line.say(request, to: port)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) ") || answer.hasPrefix("HTTP/1.0 \(status) "), "\(answer)")
            }
        }
    }

    @Test func `tells people the public address, and askers the one they came by`() async throws {
        try await Site.with { site in
            var site = site
            site.settings.publicOrigin = ServerOrigin(scheme: .https, authority: "max.example.org")
            try await site.asking { client in
                try await client.execute(uri: "/me", method: .get) { response in
                    let words = String(buffer: response.body).split(separator: " ")
                    #expect(words[1] == "http://localhost")
                    #expect(words[2] == "https://max.example.org")
                }
            }
        }
    }
}
