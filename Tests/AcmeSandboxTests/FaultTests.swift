import BareClient
import Foundation
import NIOCore
import NIOPosix
import SandboxKit
import Testing

@testable import AcmeSandbox

struct FaultTests {
    @Test(arguments: [
        (AcmeFault.unauthorized, 401, "invalid_token"), (.forbidden, 403, "missing_scope"),
        (.tooManyRequests, 429, "rate_limited"), (.serverError, 500, "internal_error"),
    ])
    func `refuses every call of a refused key`(fault: AcmeFault, status: Int, code: String) async throws {
        try await AcmeSandbox.serve { acme in
            for path in ["/api/v1/me", "/api/v1/workspaces"] {
                let answer = try await AcmeProbe(acme, key: acme.key(fault)).get(path)
                #expect(answer.status == status)
                #expect(try answer.code == code)
                #expect(answer.headers["retry-after"] == (status == 429 ? "1" : nil))
                if status == 429 { #expect(answer.headers["ratelimit-remaining"] == "0") }
            }
        }
    }

    @Test func `answers a slow key late and rightly`() async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(slowness: .seconds(3_600))) { acme in
            let isSilent = try await AcmeProbe(acme, key: acme.key(.slow)).isSilent("/api/v1/me", while: "/api/v1/me")
            #expect(isSilent)
        }
        try await AcmeSandbox.serve(AcmeSandboxOptions(slowness: .milliseconds(1))) { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.slow)).get("/api/v1/me")
            #expect(try answer.json["email"].text == "dana@acme.test")
        }
    }

    @Test func `takes the request of a hanging key and stays silent`() async throws {
        try await AcmeSandbox.serve { acme in
            let isSilent = try await AcmeProbe(acme, key: acme.key(.hang)).isSilent("/api/v1/me", while: "/api/v1/me")
            #expect(isSilent)
        }
    }

    @Test func `is late with the API but not with its pages`() async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(latency: .seconds(3_600))) { acme in
            let isSilent = try await AcmeProbe(acme).isSilent("/api/v1/me", while: "/settings/api-keys")
            #expect(isSilent)
        }
    }

    @Test func `sends garbage that claims to be JSON`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.garbage)).get("/api/v1/me")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
            #expect(throws: (any Error).self) { try answer.json }
        }
    }

    @Test func `sends the page of a captive portal`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.html)).get("/api/v1/me")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"]?.hasPrefix("text/html") == true)
            #expect(answer.text.contains("Wi-Fi"))
        }
    }

    @Test func `sends more than anybody reads`() async throws {
        try await AcmeSandbox.serve { acme in
            let most = 20 << 20
            let answer = try await AcmeProbe(acme, key: acme.key(.huge)).send("GET", "/api/v1/me", most: most)
            #expect(answer.body.count > most - 1_000)
            #expect(answer.headers["content-length"] == nil)
        }
    }

    @Test func `sends headers that do not end`() async throws {
        try await AcmeSandbox.serve { acme in
            await #expect(throws: Answer.HeadMissing.self) {
                try await AcmeProbe(acme, key: acme.key(.endlessHeaders)).send("GET", "/api/v1/me", most: 1 << 20)
            }
            let next = try await AcmeProbe(acme).get("/api/v1/me")
            #expect(next.status == 200)
        }
    }

    @Test func `sends a gzip body that grows`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.gzipBomb)).send("GET", "/api/v1/me", most: 1 << 20)
            #expect(answer.headers["content-encoding"] == "gzip")
            #expect(answer.body.firstRange(of: [0x1f, 0x8b, 8]) != nil)
        }
    }

    @Test func `sends a redirected key elsewhere`() async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(redirectTarget: "http://elsewhere.test:1")) { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.redirect)).get("/api/v1/workspaces?limit=3")
            #expect(answer.status == 302)
            #expect(answer.headers["location"] == "http://elsewhere.test:1/api/v1/workspaces?limit=3")
        }
    }

    @Test func `revokes a counted key after five calls and for ever`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(.revokedAfterFive))
            for _ in 1...5 { #expect(try await probe.get("/api/v1/me").status == 200) }
            for _ in 1...2 {
                let answer = try await probe.get("/api/v1/me")
                #expect(answer.status == 401)
                #expect(try answer.code == "token_revoked")
            }
            let erin = AcmeProbe(acme, key: acme.secondKey + "_revoked_after_5")
            #expect(try await erin.get("/api/v1/me").status == 200)
        }
    }

    @Test func `has too many requests once, at the sixth call`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(.tooManyRequestsOnce))
            var statuses: [Int] = []
            for _ in 1...9 { statuses.append(try await probe.get("/api/v1/me").status) }
            #expect(statuses == [200, 200, 200, 200, 200, 429, 200, 200, 200])
        }
    }

    @Test(arguments: [(AcmeFault.tasksForbidden, 403), (.tasksMissing, 404), (.tasksBroken, 500)])
    func `fails the tasks of the first project alone`(fault: AcmeFault, status: Int) async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(fault))
            let workspace = "/api/v1/workspaces/\(try await probe.firstWorkspace())"
            #expect(try await probe.get(workspace + "/users").status == 200)
            let projects = try await probe.get(workspace + "/projects").items.map { $0["id"].text }
            var statuses: [Int] = []
            for project in projects { statuses.append(try await probe.get("/api/v1/projects/\(project)/tasks").status) }
            #expect(statuses == [status] + Array(repeating: 200, count: projects.count - 1))
        }
    }

    @Test func `refuses lists of users alone`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(.usersForbidden))
            let workspace = "/api/v1/workspaces/\(try await probe.firstWorkspace())"
            #expect(try await probe.get(workspace + "/users").status == 403)
            #expect(try await probe.get(workspace + "/projects").status == 200)
        }
    }

    @Test func `forgets the cursors of a feed`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(.forgetful))
            let feed = "/api/v1/workspaces/\(try await probe.firstWorkspace())/changes"
            let cursor = try await probe.get(feed).json["next_cursor"].text
            let answer = try await probe.get(feed + "?since=\(cursor)")
            #expect(answer.status == 410)
            #expect(try answer.code == "cursor_expired")
        }
    }

    @Test func `announces an expiry three days ahead`() async throws {
        try await AcmeSandbox.serve { acme in
            let answer = try await AcmeProbe(acme, key: acme.key(.expiresSoon)).get("/api/v1/me")
            let expiry = try #require(answer.headers["x-token-expires-at"])
            #expect(try answer.json["token"]["expires_at"].text == expiry)
            let date = try Date(expiry, strategy: .iso8601)
            #expect(abs(date.timeIntervalSinceNow - 3 * 86_400) < 600)
        }
    }

    @Test(arguments: [(AcmeFault.empty, 0), (.one, 1), (.many, 500)])
    func `shows as many workspaces as the key says`(fault: AcmeFault, count: Int) async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(fault))
            #expect(try await probe.get("/api/v1/workspaces").json["total"] == .int(count))
            #expect(try await Set(probe.all("/api/v1/workspaces", limit: 97)).count == count)
            let foreign = try await AcmeProbe(acme).get("/api/v1/workspaces").items[1]["id"].text
            #expect(try await probe.get("/api/v1/workspaces/\(foreign)").status == (fault == .many ? 200 : 404))
        }
    }

    @Test func `fails the share of requests it is told to, the same ones each time`() async throws {
        var runs: [[Int]] = []
        for _ in 1...2 {
            let statuses = try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 9, flaky: 0.5)) { acme in
                var statuses: [Int] = []
                for _ in 1...30 {
                    statuses.append((try? await AcmeProbe(acme).get("/api/v1/me").status) ?? 0)
                }
                return statuses
            }
            runs.append(statuses)
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]) == [200, 500, 503, 0])
    }

    @Test func `stops at once while clients hang and read without end`() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton
        let (port, open) = try await AcmeSandbox.serve { acme in
            var open: [any Channel] = []
            for fault in [AcmeFault.hang, .huge, .endlessHeaders] {
                let head = "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(acme.key(fault))\r\n\r\n"
                let channel = try await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: acme.port).get()
                try await channel.writeAndFlush(ByteBuffer(string: head))
                open.append(channel)
            }
            _ = try await AcmeProbe(acme).get("/api/v1/me")
            return (acme.port, open)
        }
        for channel in open { try await channel.closeFuture.get() }
        await #expect(throws: (any Error).self) {
            try await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: port).get()
        }
    }
}
