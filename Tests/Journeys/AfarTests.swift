import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Synchronization
import Testing

/// Commands that a server answers, asked from elsewhere.
struct AfarTests {
    @Test func `a login is kept for its owner alone, and commands are asked of the server`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            try await place.servingAfar { server, other in
                let stranger = try await other.max("ls", "--server", server.address, "--json").refusal(3)
                #expect(stranger["code"] == "login_missing")
                #expect(stranger["fix"]?.string == "Log in with max login \(server.address).")
                try await other.logIn(to: server)
                #expect(try other.mode(".config/max/servers.json") == 0o600)
                #expect(try other.mode(".config/max") == 0o700)

                // The same objects as at home, whoever is asked.
                for words in Self.questions {
                    let here = try await place.max(words + ["--json"])
                    let there = try await other.max(words + ["--server", server.address, "--json"])
                    #expect(try there.reply(0) == here.reply(0), "\(words)")
                }
                // With one login and no project, it need not be named; nor with the setting.
                let plain = try await other.max("count", "all", "AcmeTask", "--json").reply(0)
                #expect(plain == (try await place.max("count", "all", "AcmeTask", "--json").reply(0)))
                let status = try await other.max("status", "--json").reply(0)
                #expect(status["server"]?.string == server.address && status["project"] == nil)
                let shown = try await other.max("show", "acme-dana", "--json").reply(0)
                #expect(shown["secrets"] == nil && shown.at("connection.slug") == "acme-dana")

                let files = try await other.max("export", "acme-dana", "--to", "backup", "--json").reply(0)
                let mine = try await place.max("export", "acme-dana", "--to", "backup", "--json").reply(0)
                #expect(files["files"]?.array?.count == mine["files"]?.array?.count)
                let name = "backup/AcmeTask.ndjson"
                #expect(try Data(contentsOf: other.file(name)) == Data(contentsOf: place.file(name)))

                let renamed = try await other.max("rename", "acme-dana", "Work", "--json").reply(0)
                #expect(renamed.at("connection.label") == "Work")
                #expect(
                    try await other.max("disconnect", "acme-dana", "--erase", "--yes", "--json").refusal(3)["code"]
                        == "owner_only")
                #expect(
                    try await other.max("disconnect", "acme-dana", "--yes", "--json").reply(0).at("connection.state")
                        == "revoked")
                #expect(try await other.max("logout", "--json").reply(0).at("logout.known") == true)
                #expect(
                    try await other.max("ls", "--server", server.address, "--json").refusal(3)["code"]
                        == "login_missing")
            }
        }
    }

    /// Questions whose answers hold no moment at which they were asked, as the cursor of a further page of a search does.
    private static let questions = [
        ["connectors"], ["ls"], ["runs"], ["run", "last"], ["schema"], ["schema", "AcmeTask"],
        ["search", "acme-dana", "AcmeTask", "--limit", "500", "--order-by", "title"],
        ["search", "all", "AcmeTask", "--fields", "title, assignee.email", "--filter", "status = done"],
        ["count", "dana@acme.test", "AcmeTask", "--group-by", "status"], ["changes", "acme-dana", "--limit", "2"],
    ]

    @Test(arguments: [[:], ["MAX_VAULT_KEY_FILE": "/nowhere/vault.key"]])
    func `one plan is told at home and from afar`(deployment: [String: String]) async throws {
        try await withPlayground { place in
            _ = try await place.max("init", "--json")
            var place = place
            place.environment.merge(deployment) { _, given in given }
            try await place.servingAfar { [place] server, other in
                try await other.logIn(to: server, scopes: ["setup"])
                let here = try await place.max("connectors", "--json").reply(0)
                #expect(try await other.max("connectors", "--json").reply(0) == here)
                let words = try await place.max("connectors")
                #expect(try await other.max("connectors").out == words.out)
                let told = try #require(here["connectors"]?.array)
                let canAdd = deployment.isEmpty ? "yes" : "after_server_setup"
                #expect(!told.isEmpty && told.allSatisfy { $0["canAdd"]?.string == canAdd })
            }
        }
    }

    @Test func `an account is connected from afar, its secret typed on the server's page`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.servingAfar { server, other in
                try await other.logIn(to: server)
                try await other.onTerminal("connect", "acme", "--server", server.address) { tty in
                    try await tty.answer("Tenant URL", acme.url)
                    try await server.takeStep(on: tty, ["do": "submit", "api_token": acme.key])
                    try await server.takeStep(on: tty, ["do": "choose", "platform.allow_host": "allow"])
                    try await tty.expect("? Workspace")
                    await tty.send(.enter)
                    try await tty.expect("Connected as dana@acme.test")
                    try await tty.expect("records collected")
                    try await tty.expect("max search --server \(server.address) acme-dana")
                    try await tty.expectEnd(0)
                    #expect(!tty.everything.contains(acme.key))
                }
                #expect(try await place.connections().count == 1)
                let refused = try await other.max(
                    "connect", "acme", "--secret-env", "api_token=HOME", "--json"
                ).refusal(2)
                #expect(refused["message"]?.string?.contains("does not travel") == true)
                let again = try await other.max("sync", "acme-dana", "--json").reply(0)
                #expect(again.at("sync.state") == "complete")
            }
        }
    }

    @Test func `shows how a check climbs, where it fails and when the credential ends, as at home`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.servingAfar { server, other in
                try await other.logIn(to: server)
                try await other.onTerminal("connect", "acme", "--server", server.address, "--no-sync") { tty in
                    try await tty.answer("Tenant URL", acme.url)
                    try await tty.expect("The secret goes to 127.0.0.1, and nowhere else.")
                    try await server.takeStep(on: tty, ["do": "submit", "api_token": AcmeAddress.unknownKey])
                    try await server.takeStep(on: tty, ["do": "choose", "platform.allow_host": "allow"])
                    try await tty.expect("✗ Sign-in")
                    try await tty.expect("Acme rejected this API token")
                    try await server.takeStep(on: tty, ["do": "submit", "api_token": acme.key(.expiresSoon)])
                    try await tty.expect("✓ Checked with Acme in ")
                    try await tty.expect("? Workspace")
                    await tty.send(.enter)
                    try await tty.expect("Connected as dana@acme.test")
                    try await tty.expect("API token expires ")
                    try await tty.expectEnd(0)
                }
            }
        }
    }

    @Test func `a script has the owner's link in its JSON, and the outcome once the owner was there`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.servingAfar { [place] server, other in
                try await other.logIn(to: server)
                async let outcome = other.max(
                    "connect", "acme", "--set", "baseURL=\(acme.url)", "--no-sync", "--yes", "--json")
                var setups: [JSON] = []
                while setups.isEmpty { setups = try await place.setups() }
                let id = try #require(setups[0]["id"]?.string)
                #expect(setups[0]["startedBy"] == "agent")
                try await server.answer(setup: id, asking: "api_token", ["do": "submit", "api_token": acme.key])
                try await server.answer(
                    setup: id, asking: "platform.allow_host", ["do": "choose", "platform.allow_host": "allow"])
                let end = try await outcome
                #expect(end.status == .exited(0), "\(end.err)")
                let told = try end.out.split(separator: "\n").map { try JSON(parsing: Data($0.utf8)) }
                #expect(told.first?.at("setup.id")?.string == id)
                #expect(told.first?.at("view.open.url")?.string?.hasPrefix("\(server.address)/link/mxl_") == true)
                #expect(told.last?.at("connection.identity") == "dana@acme.test")
            }
        }
    }

    @Test(arguments: [["vault", "status"], ["doctor"], ["init"], ["sql", "select 1"], ["owner", "reset"], ["serve"]])
    func `a command about this machine is not asked of a server`(words: [String]) async throws {
        try await withPlayground { place in
            let refused = try await place.max(words + ["--server", "http://127.0.0.1:1", "--json"]).refusal(2)
            #expect(refused["code"] == "local_only")
            #expect(!FileManager.default.fileExists(atPath: place.file("max.json").path))
        }
    }

    @Test func `a login that ended says how to log in again`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try await place.servingAfar { server, other in
                try await other.logIn(to: server, scopes: ["read"])
                #expect(try await other.max("ls", "--json").reply(0)["connections"]?.array?.count == 1)
                let narrow = try await other.max("sync", "acme-dana", "--json").refusal(3)
                #expect(narrow["code"] == "scope_missing")
                try await server.revokeAgents()
                let over = try await other.max("ls", "--json").refusal(3)
                #expect(over["code"] == "login_ended")
                #expect(over["fix"]?.string == "Log in again with max login \(server.address).")
                try await other.logIn(to: server)
                #expect(try await other.max("ls", "--json").reply(0)["connections"]?.array?.count == 1)
            }
        }
    }

    @Test func `a server that is gone is told of, and nothing is asked of the project here`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let gone = try await place.max("ls", "--server", "http://127.0.0.1:1", "--json").refusal(3)
            #expect(gone["code"] == "login_missing")
            let open = try await place.max("ls", "--server", "http://max.example.org", "--json").refusal(2)
            #expect(open["code"] == "server_address_unfit")
            let set = try await place.max("ls", "--json", environment: ["MAX_SERVER": "http://127.0.0.1:1"]).refusal(3)
            #expect(set["code"] == "login_missing")
        }
    }
}

/// Commands in the folder of a project whose server runs.
struct BesideServerTests {
    @Test func `connect, sync and ls work beside the server, whoever carries the sync out`() async throws {
        try await withAcme { place, acme in
            _ = try await place.max("init")
            try await place.serving { [place] server in
                let reply = try await place.connecting(acme, syncing: true).finish().reply(0)
                #expect(reply.at("sync.state") == "complete")
                for _ in 0..<4 {
                    let again = try await place.max("sync", "acme-dana", "--json").reply(0)
                    #expect(again.at("sync.state") == "complete")
                }
                try await place.onTerminal("sync", "acme-dana", "--full") { tty in
                    try await tty.expect("Up to date")
                    try await tty.expectEnd(0)
                }
                let listed = try await place.connections()
                #expect(listed.first?.at("health.sync") == "complete")
                #expect(try await server.get("/healthz").isEmpty == false)
            }
        }
    }
}

extension ServedProject {
    /// Takes the step to which the newest link on a terminal leads.
    func takeStep(on tty: PseudoTerminal, _ fields: [String: String]) async throws {
        var link: Substring?
        for _ in 0..<400 where link == nil {
            link = links(on: tty).first { !taken.withLock { $0 }.contains(String($0)) }
            if link == nil { try await Task.sleep(for: .milliseconds(50)) }
        }
        let found = String(try #require(link))
        taken.withLock { _ = $0.insert(found) }
        try await answer(found, fields)
    }

    private func links(on tty: PseudoTerminal) -> [Substring] {
        tty.everything.matches(of: #/http://[0-9.:]+/link/mxl_[A-Za-z0-9_-]+(?=[^A-Za-z0-9_-])/#).map(\.output)
    }

    /// Takes every program's token away, on the page.
    func revokeAgents() async throws {
        let page = try await get("/access")
        let path = try #require(page.firstMatch(of: #/action="(/access/agents/[^"]+/revoke)"/#)).output.1
        let token = try #require(page.firstMatch(of: #/name="csrf" value="([^"]+)"/#)).output.1
        _ = try await post(String(path), ["csrf": String(token)])
    }
}
