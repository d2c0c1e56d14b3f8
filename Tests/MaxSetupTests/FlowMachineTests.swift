import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

struct FlowMachineTests {
    private let given: [String: GivenValue] = ["password": .secret("p")]

    @Test func `asks, checks, chooses and ends with the config`() throws {
        var talk = try Talk(machine(mailFlow))
        #expect(talk.place == "Server")
        #expect(talk.form?.step.canGoBack == false)
        try talk.submit(["server": "mail.test/"])
        #expect(talk.place == "Password")
        #expect(talk.form?.step.canGoBack == true)
        try talk.submit(given)
        #expect(talk.place == "Folder")
        #expect(talk.state.identity?.id == "dana")
        try talk.choose("2")
        #expect(talk.config == ["server": "https://mail.test", "folder": "2"])
        #expect(talk.calls == ["Check", "Folder"])
    }

    @Test func `says beside a secret where an earlier answer leads it`() throws {
        var talk = try Talk(machine(mailFlow, egress: .configured(field: "server")))
        try talk.submit(["server": "mail.test"])
        #expect(talk.form?.fields.first?.destination == "mail.test")
        try talk.back()
        #expect(talk.form?.fields.map(\.destination) == [nil])
        try talk.submit(["server": "elsewhere.test"])
        #expect(talk.form?.fields.first?.destination == "elsewhere.test")
    }

    @Test func `chooses a single option by itself, and goes back past it`() throws {
        struct Named: ConnectorConfig {
            var folder: String
            var name: String
        }
        let flow = OnboardingFlow<Named> {
            InputStep("Password") { Secret(MailCredentials.password) }
            SelectStep(\.folder, "Folder") { _, _ in [] }
            InputStep("Name") { Input(\.name, "Name") }
        }
        var talk = try Talk(machine(flow)) { _, _ in .options([Choice("In", value: "in")], query: "") }
        try talk.submit(given)
        #expect(talk.place == "Name")
        try talk.back()
        #expect(talk.place == "Password")
        #expect(talk.form?.fields.first?.isHeld == true)
        try talk.submit()
        try talk.submit(["name": "n"])
        #expect(talk.config == ["folder": "in", "name": "n"])
    }

    @Test func `says what is missing when there is nothing to choose`() throws {
        var talk = try Talk(machine(mailFlow)) { call, state in
            if case .options(_, let query) = call { .options([], query: query) } else { Talk.agreeable(call, state) }
        }
        try talk.submit(["server": "mail.test"])
        try talk.submit(given)
        #expect(talk.place == "Password")
        #expect(talk.form?.problem?.code == "nothing_to_choose")
        #expect(talk.form?.problem?.field == "password")
    }

    @Test func `takes several choices, each once, and at least one`() throws {
        struct Many: ConnectorConfig { var folders: [String] }
        let flow = OnboardingFlow<Many> { SelectStep(\.folders, "Folders") { _, _ in [] } }
        var talk = try Talk(machine(flow))
        #expect(talk.choice?.many == true)
        try talk.take(.choose([]))
        #expect(talk.choice?.problem?.code == "not_an_option")
        try talk.choose("2", "1", "2")
        #expect(talk.config == ["folders": ["2", "1"]])
    }

    @Test(arguments: [["3"], ["1", "2"], [], ["1", "1", "3"]])
    func `keeps the list when a choice is not on it`(values: [String]) throws {
        var talk = try Talk(machine(mailFlow))
        try talk.submit(["server": "mail.test"])
        try talk.submit(given)
        try talk.take(.choose(values))
        #expect(talk.place == "Folder")
        #expect(talk.choice?.options.count == 2)
        #expect(talk.choice?.problem?.field == "folder")
        try talk.choose("one")
        #expect(talk.config?["folder"] == "1")
    }

    @Test func `searches a list here, or lets the provider search it`() throws {
        struct One: ConnectorConfig { var folder: String }
        let local = OnboardingFlow<One> { SelectStep(\.folder, "Folder") { _, _ in [] } }
        let remote = OnboardingFlow<One> { SelectStep(searching: \.folder, "Folder") { _, _, _ in [] } }
        for (flow, count) in [(local, 1), (remote, 2)] {
            var talk = try Talk(machine(flow))
            let step = try #require(talk.machine.step(at: talk.state))
            let call = FlowCall.options(step, query: "TW")
            talk.state = talk.machine.record(talk.provider(call, talk.state), of: call, in: talk.state)
            #expect(talk.choice?.options.count == count)
            #expect(talk.choice?.query == "TW")
        }
    }

    @Test func `refuses an answer of another kind than the question`() throws {
        let talk = try Talk(machine(mailFlow))
        for answer in [FlowAnswer.choose(["1"]), .retry, .search("x"), .useSandbox()] {
            let error = #expect(throws: MaxError.self) { try talk.machine.accept(answer, at: talk.state) }
            #expect(error?.code == "answer_misplaced")
        }
    }

    @Test func `refuses an unknown field and keeps the rest`() throws {
        var talk = try Talk(machine(mailFlow))
        try talk.submit(["server": "mail.test", "sever": "x"])
        #expect(talk.place == "Server")
        #expect(talk.form?.problem?.code == "unknown_field")
        #expect(talk.form?.fields.first?.value == "https://mail.test")
        #expect(talk.state.answers["sever"] == nil)
    }

    @Test func `holds no blank secret, keeps a held one, and insists on a required one`() throws {
        var talk = try Talk(machine(mailFlow))
        try talk.submit(["server": "mail.test"])
        try talk.submit(["password": .secret(" \n"), "hint": ""])
        #expect(talk.form?.problem?.code == "answer_missing")
        #expect(talk.state.held == [])
        try talk.submit(["password": .secret("p"), "hint": .secret("  ")])
        #expect(talk.state.held == ["password"])
        try talk.back()
        try talk.submit(["password": ""])
        #expect(talk.place == "Folder")
        #expect(talk.state.held == ["password"])
    }

    @Test func `keeps a good answer beside a wrong one`() throws {
        struct Two: ConnectorConfig {
            var server: URL
            var port: Int
        }
        let flow = OnboardingFlow<Two> {
            InputStep("Where") {
                Input(\.server, "Server")
                Input(\.port, "Port")
                Secret(MailCredentials.password)
            }
        }
        var talk = try Talk(machine(flow))
        try talk.submit(["server": "a.test", "port": "many", "password": .secret("p")])
        #expect(talk.form?.problem?.field == "port")
        #expect(talk.form?.fields.map(\.value) == ["https://a.test", nil, nil])
        #expect(talk.state.held == ["password"])
        try talk.submit(["port": "1"])
        #expect(talk.config == ["server": "https://a.test", "port": 1])
    }

    @Test func `gives the fallback for Enter alone and nothing for an optional`() throws {
        struct Loose: ConnectorConfig {
            var port: Int
            var note: String?
        }
        let flow = OnboardingFlow<Loose> {
            InputStep("A") {
                Input(\.port, "Port", fallback: 993)
                Input(\.note, "Note")
            }
        }
        var talk = try Talk(machine(flow))
        try talk.submit()
        #expect(talk.config == ["port": 993])
    }

    @Test func `does not lose a required answer to a blank`() throws {
        var talk = try Talk(machine(mailFlow))
        try talk.submit(["server": "mail.test"])
        try talk.back()
        try talk.submit(["server": " "])
        #expect(talk.form?.problem?.code == "answer_missing")
        #expect(talk.form?.fields.first?.value == "https://mail.test")
    }

    @Test func `passes over a form that asks for nothing`() throws {
        struct One: ConnectorConfig { var name: String? }
        let flow = OnboardingFlow<One> {
            InputStep("Empty") { draft in if try draft.name == "" { Input(\.name, "Name") } }
            InputStep("Name") { Input(\.name, "Name") }
        }
        #expect(try Talk(machine(flow)).place == "Name")
    }

    @Test func `opens what happens elsewhere and takes no answer there`() throws {
        let page = try #require(URL(string: "https://mail.test"))
        let steps: [OnboardingFlow<NoConfig>] = [
            OnboardingFlow { BrowserStep("E", start: page, signedIn: { _ in true }, identity: { _ in Self.dana }) },
            OnboardingFlow { DeviceStep("E", source: "notes") },
            OnboardingFlow {
                OAuthStep("E", authorize: page, token: page, clientID: "c", scopes: []) { _, _ in Self.dana }
            },
            OnboardingFlow { UploadStep("E", accepts: ["zip"], maximumBytes: 9) { _ in Self.dana } },
        ]
        let targets: [OpenView.Target] = [
            .browser(start: page), .device(source: "notes"), .consent(page: page),
            .upload(accepts: ["zip"], maximumBytes: 9),
        ]
        for (flow, target) in zip(steps, targets) {
            let talk = try Talk(machine(flow))
            guard case .open(let open) = talk.view else {
                Issue.record("\(talk.place)")
                continue
            }
            #expect(open.target == target)
            #expect(throws: MaxError.self) { try talk.machine.accept(.submit([:]), at: talk.state) }
        }
    }

    @Test func `lets custom code add what it declared and nothing else`() throws {
        struct Added: ConnectorConfig { var region: String }
        let flow = OnboardingFlow<Added> { CustomStep("Look", provides: ["region"]) { _, _ in [:] } }
        let talk = try Talk(machine(flow)) { _, _ in .additions(["region": "eu", "stray": 1]) }
        #expect(talk.config == ["region": "eu"])
        #expect(talk.state.answers["stray"] == nil)
    }

    @Test func `tries again where custom code failed`() throws {
        struct Added: ConnectorConfig { var region: String }
        let flow = OnboardingFlow<Added> { CustomStep("Look", provides: ["region"]) { _, _ in [:] } }
        var talk = try Talk(machine(flow)) { _, _ in .problem(Problem("no", .permanent, "No region.")) }
        #expect(talk.place == "retry Look")
        talk.provider = { _, _ in .additions(["region": "eu"]) }
        #expect(throws: MaxError.self) { try talk.submit(["stray": "x"]) }
        try talk.submit()
        #expect(talk.config == ["region": "eu"])
    }

    private static let dana = Identity(id: "dana", label: "Dana")
}
