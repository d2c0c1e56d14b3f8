import Foundation
import HTTPTypes
import MaxAccess
import MaxConnector
import MaxCore
import MaxEngines
import MaxHub
import MaxSetup
import MaxSync
import Testing

@testable import MaxConsole

/// What an owner does at the console, over the real engines and the sandbox of the provider.
@Suite struct JourneyTests {
    @Test func `lets the owner in by the first link and by the passphrase`() async throws {
        try await ConsoleHost.open { host in
            #expect(try await host.get("/").location == "/signin?next=%2F")
            try await host.welcome()
            #expect(try await host.get("/").text.contains("Connect your first account"))
            host.cookie = nil
            let refused = try await host.post("/signin", ["passphrase": "another passphrase", "next": "/add"])
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("role=\"alert\""))
            let admitted = try await host.post("/signin", ["passphrase": ConsoleHost.passphrase, "next": "/add"])
            #expect(admitted.location == "/add")
            host.cookie = admitted.cookie
            #expect(try await host.get("/add").text.contains("Connect your Acme account"))
            #expect(try await host.post("/signout", [:]).location == "/signin")
            #expect(try await host.get("/").status == .seeOther)
        }
    }

    @Test func `refuses a wrong key at its field, and connects with the right one`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let setup = try await host.begin()
            try await host.answer(setup, ["do": "submit", "baseURL": host.sandbox.url.absoluteString])
            let wrong = "acme_00000000000000000000000000000000"
            let asked = try await host.answer(setup, ["do": "submit", "api_token": wrong])
            #expect(asked.text.contains("A private address"))
            let refused = try await host.answer(setup, ["platform.allow_host": "allow"])
            #expect(refused.text.contains("aria-invalid=\"true\""))
            #expect(refused.text.contains("role=\"alert\""))
            #expect(refused.text.contains("Acme"))
            #expect(!refused.text.contains(wrong))
            let page = try await host.answer(setup, ["do": "submit", "api_token": host.key])
            #expect(!page.text.contains(host.key))
            let workspace = try #require(page.value(of: "workspaceID"))
            let finished = try await host.answer(setup, ["do": "choose", "workspaceID": workspace])
            #expect(finished.text.contains("<h1>Connected as "))
            #expect(finished.text.contains("http-equiv=\"refresh\""))
            #expect(try await host.engines.rows.connections().count == 1)
        }
    }

    @Test func `shows the first sync to its end, and the records`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let (setup, _) = try await host.connect()
            #expect(try await host.get(setup).text.contains("Waiting to begin"))
            try await host.collect()
            let ended = try await host.get(setup)
            #expect(ended.text.contains(" records collected"))
            #expect(ended.text.contains("View records"))
            #expect(!ended.text.contains("http-equiv=\"refresh\""))
            let renamed = try await host.post(
                "/connections/acme-dana/rename", ["label": "Work", "next": setup])
            #expect(renamed.location == "\(setup)?notice=renamed")
            let outside = try await host.post(
                "/connections/acme-dana/rename", ["label": "Work", "next": "//evil.example"])
            #expect(outside.location == "/?notice=renamed")
            let slug = try #require(try await host.engines.rows.connections().first?.slug)
            #expect(try await host.get("/").words.contains("Active · "))
            #expect(try await host.get("/connections/\(slug)").text.contains("AcmeTask"))
            #expect(try await host.get("/connections/\(slug)/records").text.contains("AcmeTask"))
            let table = try await host.get("/connections/\(slug)/records/AcmeTask")
            let link = table.text.firstMatch(of: /<td><a href="([^"]+)"/)
            let path = try #require(link.map { String($0.1) })
            #expect(try await host.get(path).text.contains("<dl class=\"facts record list\">"))
            let done = try await host.get("/connections/\(slug)/records/AcmeTask?filter=status+%3D+done&match=")
            #expect(done.status == .ok)
            #expect(done.text.contains("value=\"status = done\""))
            let wrong = try await host.get("/connections/\(slug)/records/AcmeTask?filter=nothing%20%3D%201")
            #expect(wrong.status == .badRequest)
            #expect(wrong.text.contains("id=\"filter-problem\" role=\"alert\""))
            let run = try #require(try await host.engines.sync().runs().first)
            #expect(try await host.get("/runs/\(run.id.rawValue)").text.contains("What became of the records"))
        }
    }

    @Test func `offers to update an account that is connected already`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            _ = try await host.connect()
            let (setup, again) = try await host.connect()
            #expect(again.text.contains("Already connected"))
            let updated = try await host.answer(setup, ["platform.same_account": "update"])
            let page = updated.value(of: "workspaceID")
            if let page { try await host.answer(setup, ["do": "choose", "workspaceID": page]) }
            #expect(try await host.get(setup).text.contains("updated and active"))
            #expect(try await host.engines.rows.connections().count == 1)
        }
    }

    @Test func `goes back, and cancels without a trace`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let setup = try await host.begin()
            let second = try await host.answer(setup, ["do": "submit", "baseURL": host.sandbox.url.absoluteString])
            #expect(second.text.contains("API token"))
            let back = try await host.answer(setup, ["do": "back"])
            #expect(back.text.contains(host.sandbox.url.absoluteString))
            #expect(try await host.get("/").text.contains("Continue setup"))
            #expect(try await host.get("/").words.contains("Setting up · kept for 1 hour Continue setup"))
            let gone = try await host.post(setup, ["do": "cancel"])
            #expect(gone.location == "/?notice=cancelled")
            #expect(try await host.engines.setup.unfinished().isEmpty)
            #expect(try await host.get(setup).location == "/?notice=over")
        }
    }

    @Test func `answers a late, a doubled and another window's answer with the question at hand`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let setup = try await host.begin()
            let form = ["do": "submit", "baseURL": host.sandbox.url.absoluteString]
            let old = try #require(try await host.get(setup).hidden("revision"))
            try await host.answer(setup, form)
            let late = try await host.post(setup, form.merging(["revision": old]) { $1 })
            #expect(late.location == "\(setup)?notice=moved")
            #expect(try await host.get(late.location ?? "").text.contains("This setup had moved on already."))
            #expect(try await host.post(setup, ["do": "submit"]).location == "\(setup)?notice=moved")
        }
    }

    @Test func `begins one setup when the button is pressed twice`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            #expect(try await host.begin() == host.begin())
            #expect(try await host.engines.setup.unfinished().count == 1)
        }
    }

    @Test func `fills everything in with the sandbox`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let setup = try await host.begin()
            #expect(try await host.get(setup).text.contains("Use the sandbox"))
            var page = try await host.answer(setup, ["do": "sandbox"])
            if let workspace = page.value(of: "workspaceID") {
                page = try await host.answer(setup, ["do": "choose", "workspaceID": workspace])
            }
            #expect(page.text.contains("Connected as"))
        }
    }

    @Test func `renames, syncs, reconnects, disconnects and erases an account`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            _ = try await host.connect()
            let slug = try #require(try await host.engines.rows.connections().first?.slug)
            let address = "/connections/\(slug)"
            #expect(try await host.post("\(address)/rename", ["label": "Work"]).location == "\(address)?notice=renamed")
            #expect(try await host.get(address).text.contains("<h1>Work</h1>"))
            let long = String(repeating: "x", count: 121)
            let refused = try await host.post("\(address)/rename", ["label": long])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("value=\"\(long)\" maxlength=\"120\""))
            #expect(refused.text.contains("aria-describedby=\"label-problem\" autofocus"))
            #expect(try await host.get("\(address)/rename").location == address)
            #expect(try await host.post("\(address)/sync", [:]).location == "\(address)?notice=syncing")
            let repair = try #require(try await host.post("\(address)/reconnect", [:]).location)
            #expect(try await host.get(repair).text.contains("Reconnect your Acme account"))
            #expect(try await host.post("\(address)/disconnect", [:]).status == .seeOther)
            #expect(try await host.get(address).text.contains("Disconnected"))
            let unsure = try await host.post("\(address)/erase", ["confirm": "no"])
            #expect(unsure.status == .unprocessableContent)
            #expect(unsure.text.contains("value=\"no\""))
            #expect(unsure.words.contains("Nothing was erased: this is not \(slug)."))
            #expect(try await host.get("\(address)/erase").location == address)
            #expect(try await host.post("\(address)/erase", ["confirm": slug]).location == "/?notice=erased")
            #expect(try await host.get(address).status == .notFound)
        }
    }

    @Test func `lets an agent in by its code, and takes that back`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let begun = try await host.access.beginGrant(
                name: "A <b>helper</b>", scopes: [.read, .setup], by: Visitor(address: "192.0.2.7"))
            let code = begun.grant.userCode.description
            #expect(try await host.get("/device?code=BBBB-BBBB").text.contains("id=\"code-problem\""))
            let page = try await host.get("/device?code=\(code)")
            #expect(page.text.contains("A &lt;b&gt;helper&lt;/b&gt;"))
            let done = try await host.post("/device", ["code": code, "scope": "read", "do": "approve"])
            #expect(done.text.contains("is let in"))
            let agent = try await host.access.redeem(begun.deviceCode.text).agent
            #expect(agent.scopes == [.read])
            #expect(try await host.get("/access").text.contains("see accounts and records"))
            let taken = try await host.post("/access/agents/\(agent.id.rawValue)/revoke", [:])
            #expect(taken.location == "/access?notice=revoked")
            #expect(try await host.access.agents().isEmpty)
        }
    }

    @Test func `opens an agent's link once, for the owner alone`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let reply = try await host.engines.setup.start("acme")
            let token = try await host.access.ownerLink(for: reply.session.id).text
            #expect(try await host.get("/link/\(token)").text.contains("An agent began a setup for you"))
            let opened = try await host.post("/link/\(token)", [:])
            #expect(opened.location == "/setups/\(reply.session.id.rawValue)")
            #expect(try await host.post("/link/\(token)", [:]).status == .gone)
            host.cookie = nil
            #expect(try await host.get("/link/\(token)").location == "/signin?next=%2Flink%2F\(token)")
        }
    }
}
