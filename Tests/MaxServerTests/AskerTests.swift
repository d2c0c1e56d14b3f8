import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import MaxAccess
import MaxHub
import NIOCore
import Synchronization
import Testing

@testable import MaxServer

struct AskerTests {
    private func status(
        _ client: any TestClientProtocol, _ uri: String, _ headers: HTTPFields = [:]
    ) async throws -> Int {
        try await client.execute(uri: uri, method: .get, headers: headers) { $0.status.code }
    }

    @Test func `asks everybody but the right one to say who they are`() async throws {
        try await Site.with { site in
            let manager = try await site.admit([.manage])
            let reader = try await site.admit([.read])
            let owner = try await site.signIn()
            try await site.asking { client async throws in
                let askers: [(HTTPFields, owner: Int, agent: Int, reader: Int)] = [
                    ([:], 401, 401, 401),
                    ([.cookie: "max=\(owner.token.text)"], 200, 403, 200),
                    ([.cookie: "other=1; max=\(owner.token.text)"], 200, 403, 200),
                    ([.cookie: "max=nonsense"], 401, 401, 401),
                    ([.cookie: "max=\(manager.token.text)"], 401, 401, 401),
                    ([.authorization: "Bearer \(manager.token.text)"], 403, 200, 403),
                    ([.authorization: "bearer \(reader.token.text)"], 403, 403, 200),
                    ([.authorization: "Bearer \(owner.token.text)"], 401, 401, 401),
                    ([.authorization: "Basic \(manager.token.text)"], 401, 401, 401),
                    ([.authorization: "Bearer nonsense", .cookie: "max=\(owner.token.text)"], 401, 401, 401),
                ]
                for (index, asker) in askers.enumerated() {
                    #expect(try await status(client, "/owner", asker.0) == asker.owner, "\(index)")
                    #expect(try await status(client, "/agent", asker.0) == asker.agent, "\(index)")
                    #expect(try await status(client, "/reader", asker.0) == asker.reader, "\(index)")
                }
            }
        }
    }

    @Test func `says in the header what is wrong with a token`() async throws {
        try await Site.with { site in
            let reader = try await site.admit([.read])
            try await site.asking { client in
                for (headers, words) in [
                    ([:], #"Bearer realm="max""#),
                    ([.authorization: "Bearer mxa_x"], #"Bearer realm="max", error="invalid_token""#),
                    (
                        [.authorization: "Bearer \(reader.token.text)"],
                        #"Bearer realm="max", error="insufficient_scope", scope="manage""#
                    ),
                ] as [(HTTPFields, String)] {
                    try await client.execute(uri: "/agent", method: .get, headers: headers) {
                        #expect($0.headers[.wwwAuthenticate] == words)
                    }
                }
            }
        }
    }

    @Test func `forgets a session that is over, and an agent whose time has come`() async throws {
        let time = Mutex(Date(timeIntervalSince1970: 1_770_000_000))
        let clock: @Sendable () -> Date = { time.withLock(\.self) }
        try await Site.with(clock: clock) { site in
            let agent = try await site.admit([.manage])
            let owner = try await site.signIn()
            try await site.asking { client async throws in
                let cookie: HTTPFields = [.cookie: "max=\(owner.token.text)"]
                let bearer: HTTPFields = [.authorization: "Bearer \(agent.token.text)"]
                #expect(try await status(client, "/owner", cookie) == 200)
                time.withLock { $0 += 8 * 24 * 3600 }
                #expect(try await status(client, "/owner", cookie) == 401)
                #expect(try await status(client, "/agent", bearer) == 200)
                time.withLock { $0 += 90 * 24 * 3600 }
                #expect(try await status(client, "/agent", bearer) == 401)
            }
        }
    }

    @Test func `knows the owner and an agent while nothing can be stored`() async throws {
        let time = Mutex(Date(timeIntervalSince1970: 1_770_000_000))
        let clock: @Sendable () -> Date = { time.withLock(\.self) }
        try await Site.with(patience: .milliseconds(20), clock: clock) { site in
            let agent = try await site.admit([.manage])
            let owner = try await site.signIn()
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(
                path: site.folder.appending(path: "max.db").path(), configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            time.withLock { $0 += 3600 }
            try await site.asking { client async throws in
                #expect(try await status(client, "/owner", [.cookie: "max=\(owner.token.text)"]) == 200)
                #expect(try await status(client, "/agent", [.authorization: "Bearer \(agent.token.text)"]) == 200)
            }
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        }
    }

    @Test func `hands out a cookie that nothing but the browser can read, and a stricter one where it is encrypted`()
        async throws
    {
        try await Site.with { site in
            var secure = site
            secure.settings.publicOrigin = ServerOrigin(scheme: .https, authority: "localhost")
            for (site, name) in [(site, "max"), (secure, "__Host-max")] {
                try await site.asking { client in
                    try await client.execute(uri: "/in", method: .post) { response in
                        let cookie = try #require(response.headers[.setCookie])
                        #expect(cookie.hasPrefix("\(name)=mxo_"))
                        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
                            #expect(cookie.contains(part))
                        }
                        #expect(cookie.contains("Secure") == (name != "max"))
                        #expect(!cookie.contains("Domain"))
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (true, "203.0.113.9, 198.51.100.7", "https", "https://localhost", "198.51.100.7"),
        (true, "203.0.113.9", "http", "http://localhost", "203.0.113.9"),
        (true, "203.0.113.9", "javascript", "http://localhost", "203.0.113.9"),
        (false, "203.0.113.9", "https", "http://localhost", nil),
    ])
    func `takes a proxy's word only when it is told to, and then the last hop's`(
        trusts: Bool, forwarded: String, proto: String, origin: String, address: String?
    ) async throws {
        try await Site.with { site in
            var site = site
            site.settings.trustsProxy = trusts
            try await site.asking { client in
                let headers: HTTPFields = [.forwardedFor: forwarded, .forwardedProto: proto]
                try await client.execute(uri: "/me", method: .get, headers: headers) { response in
                    let words = String(buffer: response.body).split(separator: " ").map(String.init)
                    #expect(words[1] == origin)
                    #expect(words.count == 4 ? words[3] == address || address == nil : address == nil)
                    #expect(!(address == nil && words.contains("203.0.113.9")))
                }
            }
        }
    }
}
