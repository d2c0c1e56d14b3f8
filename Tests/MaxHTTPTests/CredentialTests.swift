import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHTTP
import Synchronization
import Testing

struct CredentialTests {
    @Test(arguments: [
        (UpstreamRequest.Authorization.bearer(Provider.token), "authorization: bearer canary-5e1f9c"),
        (.basic(user: "dana", password: Provider.token), "authorization: basic ZGFuYTpjYW5hcnktNWUxZjlj"),
        (.header("X-Api-Key", Provider.token), "x-api-key: canary-5e1f9c"),
    ])
    func `signs a request in`(authorization: UpstreamRequest.Authorization, line: String) async throws {
        let heads = try await HostileServer.run(.always(.answer())) { server in
            try await Provider.reach { outbound in
                var request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)/me?page=2")!)
                request.authorization = authorization
                _ = try await outbound.upstream(Provider.route()).send(request, as: UpstreamOperation("me"))
                return server.requests
            }
        }
        let lines = heads.flatMap { $0.components(separatedBy: "\r\n") }
        #expect(lines.first == "GET /me?page=2 HTTP/1.1")
        #expect(lines.contains { $0.lowercased() == line.lowercased() })
        #expect(lines.contains { $0.lowercased() == "accept: application/json" })
    }

    @Test(arguments: ["acme\r\nX-Evil: 1", "acme\0", "acme\n", "acmé", "\u{1b}[2J", "  "])
    func `sends no credential that could not be one`(secret: String) async throws {
        try await HostileServer.run(.always(.answer())) { server in
            try await Provider.reach { outbound in
                let handle = CredentialHandle(name: "api_token", label: "API token") { SecretValue(secret) }
                let request = UpstreamRequest.get(URL(string: "http://acme.test:\(server.port)")!).bearer(handle)
                let found = try await problem {
                    try await outbound.upstream(Provider.route()).send(request, as: UpstreamOperation("me"))
                }
                #expect(found?.code == "credential_malformed")
                #expect(found?.field == "api_token")
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `opens a credential only once the way is clear`() async throws {
        let opened = Mutex(0)
        let handle = CredentialHandle(name: "api_token", label: "API token") {
            opened.withLock { $0 += 1 }
            return SecretValue(Provider.canary)
        }
        try await Provider.reach { outbound in
            let request = UpstreamRequest.get(URL(string: "http://acme.test")!).bearer(handle)
            let upstream = outbound.upstream(Provider.route(allowing: []))
            let failure = try await problem { try await upstream.send(request, as: UpstreamOperation("me")) }
            #expect(failure != nil)
        }
        #expect(opened.withLock { $0 } == 0)
    }

    @Test(arguments: [("X-Bad", "a\r\nb"), ("X Bad", "a"), ("", "a"), ("X-Bad", "a\0")])
    func `refuses a header that would split the request`(name: String, value: String) async throws {
        let found = try await problem {
            try await Provider.ask(.always(.answer())) { $0 = $0.header(name, value) }
        }
        #expect(found?.code == "invalid_request")
    }
}
