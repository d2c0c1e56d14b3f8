import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

/// Ways through a flow that change: conditions, going back, and answers that a later step finds wrong.
struct FlowPathTests {
    struct Config: ConnectorConfig {
        var kind: String
        var region: String?
        var path: String?
        var size: Int?
        func validate() throws {
            if size == 13 { throw Problem("unlucky", .permanent, "Not 13.", field: "size") }
            if size == 14 { throw Problem("unlucky", .permanent, "Not 14.", field: "nowhere") }
        }
    }

    private let flow = OnboardingFlow<Config> {
        InputStep("Kind") { Input(\.kind, "Kind") }
        InputStep("Region", when: { try $0.kind == "cloud" }) {
            Input(\.region, "Region")
            Secret(MailCredentials.password, required: false)
        }
        InputStep("European", when: { try $0.region == "eu" }) { Input(\.size, "Size") }
        InputStep("Path", when: { try $0.kind == "local" }) { Input(\.path, "Path") }
    }

    @Test func `asks the steps whose conditions hold`() throws {
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "cloud"])
        #expect(talk.place == "Region")
        try talk.submit(["region": "eu"])
        #expect(talk.place == "European")
        try talk.submit(["size": "1"])
        #expect(talk.config == ["kind": "cloud", "region": "eu", "size": 1])
    }

    @Test func `leaks nothing from a path that was left`() throws {
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "cloud"])
        try talk.submit(["region": "eu", "password": .secret("p")])
        try talk.back()
        try talk.back()
        try talk.submit(["kind": "local"])
        #expect(talk.place == "Path")
        try talk.submit(["path": "/x"])
        #expect(talk.config == ["kind": "local", "path": "/x"])
        #expect(talk.machine.strandedSecrets(in: talk.state) == ["password"])
    }

    @Test func `finds the answers of a path again when it is taken again`() throws {
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "cloud"])
        try talk.submit(["region": "eu", "password": .secret("p")])
        try talk.back()
        try talk.back()
        try talk.submit(["kind": "local"])
        try talk.back()
        try talk.submit(["kind": "cloud"])
        #expect(talk.form?.fields.map(\.value) == ["eu", nil])
        #expect(talk.form?.fields.map(\.isHeld) == [false, true])
        try talk.submit()
        #expect(talk.place == "European")
        #expect(talk.machine.strandedSecrets(in: talk.state) == [])
    }

    @Test func `asks again where the answers as a whole are wrong`() throws {
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "cloud"])
        try talk.submit(["region": "eu"])
        try talk.submit(["size": "13"])
        #expect(talk.place == "European")
        #expect(talk.form?.problem?.code == "unlucky")
        try talk.submit(["size": "12"])
        #expect(talk.config?["size"] == 12)
    }

    @Test func `refuses what no question can mend, and still goes back`() throws {
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "cloud"])
        try talk.submit(["region": "eu"])
        try talk.submit(["size": "14"])
        #expect(talk.place == "refused")
        #expect(throws: MaxError.self) { try talk.machine.accept(.retry, at: talk.state) }
        try talk.back()
        #expect(talk.place == "European")
    }

    @Test func `ends in a refusal where a form cannot be made up`() throws {
        let flow = OnboardingFlow<Config> {
            InputStep("Kind") { Input(\.kind, "Kind") }
            InputStep("Region", when: { try $0.kind == "cloud" }) { Input(\.region, "Region") }
            InputStep("Size", when: { _ in true }) { draft in
                Input(\.size, try draft.path == nil ? "\(try Int(draft.kind.utf8.count) / 0.checked)" : "Size")
            }
        }
        var talk = try Talk(machine(flow))
        try talk.submit(["kind": "local"])
        #expect(talk.place == "refused")
        try talk.back()
        #expect(talk.place == "Kind")
    }

    @Test func `asks a form again that changed answers make ask for more`() throws {
        struct Shaped: ConnectorConfig {
            var kind: String
            var url: String?
            var path: String?
            func validate() throws {
                if kind == "local", path == nil { throw Problem("no_path", .permanent, "No.", field: "path") }
            }
        }
        let flow = OnboardingFlow<Shaped> {
            InputStep("Kind") { Input(\.kind, "Kind") }
            InputStep("Place") { draft in
                if try draft.kind == "cloud" {
                    Input(\.url, "URL")
                } else {
                    Input(\.path, "Path")
                }
            }
            ValidationStep("Check") { _, _ in Identity(id: "1", label: "x") }
        }
        var talk = try Talk(machine(flow)) { call, state in
            state.answers["kind"] == "cloud"
                ? .problem(Problem("not_there", .permanent, "No.", field: "kind")) : Talk.agreeable(call, state)
        }
        try talk.submit(["kind": "cloud"])
        try talk.submit(["url": "u"])
        #expect(talk.place == "Kind")
        try talk.submit(["kind": "local"])
        #expect(talk.place == "Place")
        try talk.submit(["path": "/p"])
        #expect(talk.config == ["kind": "local", "path": "/p"])
    }

    @Test func `checks again after going back, whether the answer changed or not`() throws {
        var talk = try Talk(machine(mailFlow))
        try talk.submit(["server": "mail.test"])
        try talk.submit(["password": .secret("p")])
        for answer: [String: GivenValue] in [[:], ["password": .secret("q")]] {
            try talk.back()
            #expect(talk.state.identity == nil)
            #expect(talk.state.options == nil)
            try talk.submit(answer)
        }
        #expect(talk.calls.filter { $0 == "Check" }.count == 3)
        #expect(talk.place == "Folder")
    }

    @Test func `does not check again what was asked before the changed answer`() throws {
        struct Late: ConnectorConfig { var since: String }
        let flow = OnboardingFlow<Late> {
            InputStep("Password") { Secret(MailCredentials.password) }
            ValidationStep("Check") { _, _ in Identity(id: "1", label: "x") }
            InputStep("Since") { Input(\.since, "Since") }
        }
        var talk = try Talk(machine(flow))
        try talk.submit(["password": .secret("p")])
        try talk.submit(["since": "2020"])
        #expect(talk.calls == ["Check"])
        #expect(talk.state.identity != nil)
    }

    @Test func `chooses anew when the secret behind a list has changed`() throws {
        struct Named: ConnectorConfig { var folder: String }
        let flow = OnboardingFlow<Named> {
            InputStep("Password") { Secret(MailCredentials.password) }
            SelectStep(\.folder, "Folder") { _, _ in [] }
            ValidationStep("Check") { _, _ in Identity(id: "1", label: "x") }
        }
        var talk = try Talk(machine(flow)) { call, state in
            if case .options(_, let query) = call { return .options([Choice("In", value: "old")], query: query) }
            return .problem(Problem("refused", .auth, "No.", rung: .signIn))
        }
        try talk.submit(["password": .secret("p")])
        #expect(talk.place == "Password")
        #expect(talk.form?.problem?.field == "password")
        talk.provider = { call, state in
            if case .options(_, let query) = call { return .options([Choice("In", value: "new")], query: query) }
            return Talk.agreeable(call, state)
        }
        try talk.submit(["password": .secret("q")])
        #expect(talk.config == ["folder": "new"])
    }

    @Test func `shows a choice again that the answers as a whole refuse, but not for ever by itself`() throws {
        struct Picky: ConnectorConfig {
            var folder: String
            func validate() throws {
                if folder == "1" { throw Problem("not_this", .permanent, "Not One.", field: "folder") }
            }
        }
        let flow = OnboardingFlow<Picky> { SelectStep(\.folder, "Folder") { _, _ in [] } }
        var talk = try Talk(machine(flow))
        try talk.choose("1")
        #expect(talk.choice?.notices == ["Not One."])
        try talk.choose("2")
        #expect(talk.config == ["folder": "2"])
        let alone = try Talk(machine(flow)) { _, _ in .options([Choice("One", value: "1")], query: "") }
        #expect(alone.place == "retry Folder")
        #expect(alone.form?.problem?.code == "not_this")
    }

    @Test(arguments: [
        (Problem.Kind.auth, Rung?.none, String?.some("password")), (.auth, .permissions, "password"),
        (.retryable, .resolve, "server"), (.permanent, .connect, "server"), (.permanent, .tls, "server"),
        (.permanent, .answer, "server"), (.permanent, .signIn, "password"), (.permanent, .identity, "password"),
        (.permanent, .permissions, "password"), (.retryable, .answer, nil), (.retryable, nil, nil),
        (.permanent, nil, nil),
    ])
    func `shows a problem at the question it concerns`(kind: Problem.Kind, rung: Rung?, field: String?) throws {
        var talk = try Talk(machine(mailFlow)) { _, _ in .problem(Problem("p", kind, "It broke.", rung: rung)) }
        try talk.submit(["server": "mail.test"])
        try talk.submit(["password": .secret("p")])
        #expect(talk.form?.problem?.field == field)
        let place = ["server": "Server", "password": "Password"][field ?? ""]
        #expect(talk.place == place ?? "retry Check")
        #expect(talk.state.answers["server"] == "https://mail.test")
        #expect(talk.state.held == ["password"])
    }

    @Test func `tries again where a problem names a field that is not behind`() throws {
        var talk = try Talk(machine(mailFlow)) { _, _ in .problem(Problem("p", .permanent, "No.", field: "folder")) }
        try talk.submit(["server": "mail.test"])
        try talk.submit(["password": .secret("p")])
        #expect(talk.place == "retry Check")
        talk.provider = Talk.agreeable
        try talk.retry()
        #expect(talk.place == "Folder")
    }
}

extension Int {
    fileprivate var checked: Int { get throws { throw CancellationError() } }
}
