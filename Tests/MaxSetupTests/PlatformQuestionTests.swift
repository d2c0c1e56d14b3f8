import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

/// The platform's own questions, the sandbox, and connections that are mended.
struct PlatformQuestionTests {
    private let other = ConnectionID(rawValue: "con_other")

    @Test func `asks before a private host is called, and forgets the leave with the address`() throws {
        var talk = try Talk(machine(mailFlow)) { call, state in
            state.allowedHosts.contains("10.0.0.1")
                ? Talk.agreeable(call, state) : .privateHost(host: "10.0.0.1", address: "10.0.0.1")
        }
        try talk.submit(["server": "https://10.0.0.1"])
        try talk.submit(["password": .secret("p")])
        #expect(talk.choice?.field == "platform.allow_host")
        try talk.choose("allow")
        #expect(talk.place == "Folder")
        try talk.back()
        try talk.back()
        #expect(talk.state.allowedHosts == ["10.0.0.1"])
        try talk.submit(["server": "https://mail.test"])
        #expect(talk.state.allowedHosts == [])
    }

    @Test(arguments: ["back", "<"])
    func `returns from a private host to its address`(way: String) throws {
        var talk = try Talk(machine(mailFlow)) { _, _ in .privateHost(host: "10.0.0.1", address: "10.0.0.1") }
        try talk.submit(["server": "https://10.0.0.1"])
        try talk.submit(["password": .secret("p")])
        if way == "back" {
            try talk.choose("back")
            #expect(talk.place == "Server")
        } else {
            try talk.back()
            #expect(talk.place == "Password")
        }
        #expect(talk.state.question == nil)
        #expect(talk.state.held == ["password"])
    }

    @Test func `offers to update the connection that has the account`() throws {
        let clash = AccountClash.taken(by: other, slug: "mail-dana", label: "dana@mail.test")
        var talk = try Talk(machine(mailFlow)) { call, state in
            if case .check = call { .account(Self.dana, existing: clash) } else { Talk.agreeable(call, state) }
        }
        try talk.submit(["server": "mail.test"])
        try talk.submit(["password": .secret("p")])
        #expect(talk.choice?.field == "platform.same_account")
        for wrong in ["allow", "add_new", "x"] {
            #expect(throws: MaxError.self) { try talk.machine.accept(.choose([wrong]), at: talk.state) }
        }
        var another = talk
        try another.choose("back")
        #expect(another.place == "Password")
        #expect(another.dropped == ["password"])
        #expect(another.state.held == [])
        #expect(another.state.identity == nil)
        try talk.choose("update")
        #expect(talk.place == "Folder")
        #expect(talk.state.identity == Self.dana)
    }

    @Test func `never goes on without an identity when there is no secret to ask again`() throws {
        let flow = OnboardingFlow<NoConfig> { ValidationStep("Check") { _, _ in Self.dana } }
        let clash = AccountClash.taken(by: other, slug: "mail-dana", label: "dana@mail.test")
        var talk = try Talk(machine(flow)) { _, _ in .account(Self.dana, existing: clash) }
        #expect(talk.choice?.field == "platform.same_account")
        try talk.choose("back")
        #expect(talk.choice?.field == "platform.same_account")
    }

    @Test func `keeps the config and asks the secrets of a connection that is mended`() throws {
        let machine = machine(mailFlow, hasSandbox: true)
        var talk = try Talk(machine, from: machine.beginning(mending: connection(["folder": "2"])))
        #expect(talk.place == "Password")
        #expect(talk.form?.step.canGoBack == false)
        #expect(talk.form?.sandboxOffer == nil)
        try talk.submit(["password": .secret("p")])
        #expect(talk.config == ["server": "https://mail.test", "folder": "2"])
        #expect(talk.calls == ["Check"])
    }

    @Test func `asks what a mended connection's config lacks`() throws {
        let machine = machine(mailFlow)
        var talk = try Talk(machine, from: machine.beginning(mending: connection([:])))
        try talk.submit(["password": .secret("p")])
        #expect(talk.place == "Folder")
    }

    @Test func `opens the address again when a mended connection's host is gone`() throws {
        let machine = machine(mailFlow)
        var talk = try Talk(machine, from: machine.beginning(mending: connection(["folder": "2"]))) { call, state in
            state.answers["server"] == "https://mail.test"
                ? .problem(Problem("host_unknown", .permanent, "Gone.", rung: .resolve))
                : Talk.agreeable(call, state)
        }
        try talk.submit(["password": .secret("p")])
        #expect(talk.place == "Server")
        try talk.submit(["server": "new.test"])
        #expect(talk.config == ["server": "https://new.test", "folder": "2"])
    }

    @Test func `chooses from the new account's lists when another account is added instead`() throws {
        let machine = machine(mailFlow)
        let state = machine.beginning(mending: connection(["folder": "old"]))
        var talk = try Talk(machine, from: state) { call, state in
            guard case .check = call else { return Talk.agreeable(call, state) }
            return .account(Self.dana, existing: state.isMending ? .different(expected: "tim@mail.test") : nil)
        }
        try talk.submit(["password": .secret("p")])
        #expect(talk.choice?.field == "platform.other_account")
        try talk.choose("add_new")
        #expect(talk.place == "Folder")
        #expect(talk.calls == ["Check", "Check", "Folder"])
        try talk.choose("1")
        #expect(talk.config == ["server": "https://mail.test", "folder": "1"])
    }

    @Test func `brings an old config into today's shape and asks what is new in it`() throws {
        struct Second: ConnectorConfig {
            static var version: Int { 2 }
            var server: URL
            var region: String
            static func migrate(_ stored: JSON, from version: Int) throws -> JSON {
                ["server": stored["address"] ?? nil]
            }
        }
        let flow = OnboardingFlow<Second> {
            InputStep("Server") { Input(\.server, "Address") }
            InputStep("Region") { Input(\.region, "Region") }
        }
        let machine = machine(flow)
        var old = connection([:])
        old.config = ["address": "https://old.test"]
        var talk = try Talk(machine, from: machine.beginning(mending: old))
        #expect(talk.place == "Region")
        try talk.submit(["region": "eu"])
        #expect(talk.config == ["server": "https://old.test", "region": "eu"])
    }

    @Test func `fills in what the sandbox knows, and forgets it all on the way back`() throws {
        var talk = try Talk(machine(mailFlow, hasSandbox: true))
        #expect(talk.form?.sandboxOffer == "a local Mail sandbox")
        let accepted = try talk.machine.useSandbox(try endpoint(), over: [:], at: talk.state)
        #expect(accepted.secrets.keys.sorted() == ["hint", "password"])
        talk.state = accepted.state
        try talk.settle()
        #expect(talk.place == "Folder")
        #expect(talk.state.isSandbox)
        try talk.back()
        #expect(talk.place == "Server")
        #expect(talk.state == FlowState())
        #expect(talk.dropped == ["hint", "password"])
    }

    @Test func `lets what the owner gave count more than what the sandbox knows`() throws {
        let talk = try Talk(machine(mailFlow, hasSandbox: true))
        let accepted = try talk.machine.useSandbox(
            try endpoint(), over: ["password": .secret("mine"), "folder": "out"], at: talk.state)
        #expect(accepted.secrets["password"]?.withText { $0 } == "mine")
        #expect(accepted.secrets["hint"]?.withText { $0 } == "h")
    }

    @Test func `asks what the sandbox does not know`() throws {
        var talk = try Talk(machine(mailFlow, hasSandbox: true))
        let url = try #require(URL(string: "http://127.0.0.1:1"))
        let half = SandboxEndpoint(url: url, page: url, answers: ["server": "http://127.0.0.1:1"], secrets: [:])
        talk.state = try talk.machine.useSandbox(half, over: [:], at: talk.state).state
        #expect(talk.place == "Password")
        #expect(talk.form?.sandboxOffer == nil)
    }

    private static let dana = Identity(id: "dana", label: "dana@mail.test")

    private func endpoint() throws -> SandboxEndpoint {
        let url = try #require(URL(string: "http://127.0.0.1:1"))
        return SandboxEndpoint(
            url: url, page: url, answers: ["server": "http://127.0.0.1:1"],
            secrets: ["password": SecretValue("p"), "hint": SecretValue("h")])
    }

    private func connection(_ config: [String: JSON]) -> Connection {
        Connection(
            id: other, connector: "mail", slug: "mail-tim", label: "tim@mail.test",
            identity: Identity(id: "tim", label: "tim@mail.test"), state: .active,
            config: config.merging(["server": "https://mail.test"]) { _, server in server }, configVersion: 1,
            isSandbox: false, allowedHosts: [], createdAt: Date(timeIntervalSince1970: 0), activatedAt: nil)
    }
}
