import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import MaxAccess
import MaxCore
import MaxHub
import NIOCore
import Testing

@testable import MaxServer

struct HealthTests {
    private func ready(_ site: Site) async throws -> (status: Int, failing: [String]) {
        var site = site
        site.settings.metricsToken = SecretValue("a token for measures")
        let headers: HTTPFields = [.authorization: "Bearer a token for measures"]
        let reply = Reply()
        try await site.asking { client in
            try await client.execute(uri: "/readyz", method: .get, headers: headers) { response in
                let json = try JSON(parsing: Data(response.body.readableBytesView))
                let failing = (json["findings"]?.array ?? []).filter { $0["ok"] == false }
                #expect(failing.allSatisfy { $0["detail"]?.string?.isEmpty == false && $0["fix"]?.string != nil })
                #expect(json["ready"] == .bool(failing.isEmpty))
                reply.set(response.status.code, failing.compactMap { $0["check"]?.string })
            }
        }
        return reply.value
    }

    @Test func `is ready when everything is right`() async throws {
        try await Site.with { site in
            let answer = try await ready(site)
            #expect(answer.status == 200)
            #expect(answer.failing == [])
        }
    }

    @Test func `tells nobody but whoever has the token why it is not ready`() async throws {
        try await Site.with(hasKey: false) { site in
            try await site.asking { client in
                try await client.execute(uri: "/readyz", method: .get) { response in
                    let json = try JSON(parsing: Data(response.body.readableBytesView))
                    let findings = try #require(json["findings"]?.array)
                    #expect(findings.contains(["check": "vault", "ok": false]))
                    #expect(findings.allSatisfy { $0["detail"] == nil && $0["fix"] == nil })
                }
            }
        }
    }

    @Test func `is not ready without the vault's key, and says so`() async throws {
        try await Site.with(hasKey: false) { site in
            let answer = try await ready(site)
            #expect(answer.status == 503)
            #expect(answer.failing == ["vault"])
        }
    }

    @Test func `is not ready while the store cannot be written, and says so`() async throws {
        try await Site.with(patience: .milliseconds(20)) { site in
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(
                path: site.folder.appending(path: "max.db").path(), configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            let answer = try await ready(site)
            #expect(answer.status == 503)
            #expect(answer.failing == ["store"])
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            #expect(try await ready(site).status == 200)
        }
    }

    @Test func `is alive whatever else is wrong`() async throws {
        try await Site.with(hasKey: false) { site in
            try await site.asking { client in
                try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
            }
        }
    }

    @Test func `tells measures to the owner and to whoever has the token, and to nobody else`() async throws {
        try await Site.with { site in
            var site = site
            site.settings.metricsToken = SecretValue("a token for measures")
            let owner = try await site.signIn()
            let agent = try await site.admit([.read, .manage, .setup])
            let second = try await site.signIn()
            try await site.asking { client in
                for (headers, status) in [
                    ([:], 401), ([.cookie: "max=\(second.token.text)"], 200),
                    ([.cookie: "max=\(owner.token.text)"], 401),
                    ([.authorization: "Bearer a token for measures"], 200),
                    ([.authorization: "Bearer a token for measure"], 401),
                    ([.authorization: "Bearer \(agent.token.text)"], 403),
                ] as [(HTTPFields, Int)] {
                    try await client.execute(uri: "/metrics", method: .get, headers: headers) {
                        #expect($0.status.code == status)
                    }
                }
            }
        }
    }

    @Test func `measures by route and never by what an asker made up`() async throws {
        try await Site.with { site in
            var site = site
            site.settings.metricsToken = SecretValue("a token for measures")
            try await site.asking { client in
                for path in ["/echo/planted", "/echo/planted2", "/planted"] {
                    try await client.execute(uri: path, method: .get) { _ in }
                }
                try await client.execute(uri: "/echo/x", method: #require(.init("PLANTED"))) { _ in }
                let headers: HTTPFields = [.authorization: "Bearer a token for measures"]
                try await client.execute(uri: "/metrics", method: .get, headers: headers) { response in
                    let text = String(buffer: response.body)
                    #expect(!text.lowercased().contains("planted"))
                    #expect(
                        text.contains(#"max_request_seconds_count{method="GET",route="/echo/{word}",status="200"} 2"#))
                    #expect(text.contains(#"max_request_seconds_count{method="GET",route="none",status="404"} 1"#))
                    #expect(text.contains(#"le="+Inf"} 2"#))
                    #expect(text.contains("# TYPE max_records gauge\nmax_records 0.0\n"))
                }
            }
        }
    }
}
