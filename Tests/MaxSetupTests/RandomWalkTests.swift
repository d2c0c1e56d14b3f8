import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

/// Long walks through flows with every kind of answer, chosen by a seeded generator.
struct RandomWalkTests {
    struct Config: ConnectorConfig {
        var kind: String
        var server: URL?
        var folders: [String]
        var region: String?
        var size: Int?
        func validate() throws {
            if let size, size % 3 == 0 { throw Problem("size_wrong", .permanent, "Not this size.", field: "size") }
            if folders.count > 1 {
                throw Problem("folders_wrong", .permanent, "One only.", field: "folders")
            }
        }
    }

    private static let kinds = [Choice("Cloud", value: "cloud"), Choice("Local", value: "local")]

    private let flow = OnboardingFlow<Config> {
        InputStep("Kind") { Input(\.kind, "Kind", as: .choice(Self.kinds)) }
        InputStep("Server", when: { try $0.kind == "cloud" }) {
            Input(\.server, "Server")
            Secret(MailCredentials.password)
            Secret(MailCredentials.hint, required: false)
        }
        ValidationStep("Check", when: { try $0.kind == "cloud" }) { _, _ in Identity(id: "1", label: "x") }
        CustomStep("Look", provides: ["region"]) { _, _ in [:] }
        SelectStep(\.folders, "Folders") { _, _ in [] }
        InputStep("Size") { draft in
            if try draft.region != "eu" { Input(\.size, "Size") }
        }
    }

    @Test func `neither traps, nor loses an answer, nor differs after a restart`() throws {
        var finished = 0
        for seed in 0..<25 { finished += try walk(seed: UInt64(seed)) }
        #expect(finished > 25)
    }

    /// Walks for a while and tells how often the end was reached.
    private func walk(seed: UInt64) throws -> Int {
        var dice = Dice(seed: seed)
        let machine = machine(flow, hasSandbox: true)
        var talk = try Talk(machine)
        var finished = 0
        for _ in 0..<60 {
            let before = talk.state
            talk.provider = Self.finding(&dice)
            try step(&talk, &dice)
            let lost = before.answers.keys.filter { talk.state.answers[$0] == nil }
            #expect(lost == [], "with seed \(seed)")
            let restored = try JSON(encoding: talk.state).decode(FlowState.self)
            #expect(restored == talk.state)
            #expect(try Talk(machine, from: restored).view == talk.view)
            if let config = talk.config {
                finished += 1
                #expect(config["kind"] == "local" ? config["server"] == nil : talk.state.identity != nil)
                talk = try Talk(machine)
            }
        }
        return finished
    }

    private func step(_ talk: inout Talk, _ dice: inout Dice) throws {
        if dice.rolls(4), talk.machine.back(from: talk.state) != nil { return try talk.back() }
        switch talk.view {
        case .form(let form) where form.fields.isEmpty: try talk.retry()
        case .form(let form):
            var given: [String: GivenValue] = [:]
            for field in form.fields where !dice.rolls(4) { given[field.spec.name] = Self.answer(field, &dice) }
            if dice.rolls(8) { given["stray"] = "x" }
            try talk.submit(given)
        case .choice(let choice):
            var values = choice.options.filter { _ in dice.rolls(2) }.map(\.value)
            if values.count != 1, choice.field.hasPrefix("platform.") { values = [choice.options[0].value] }
            try talk.take(.choose(values))
        case .refused: if talk.machine.back(from: talk.state) != nil { try talk.back() }
        case .open, .working, .finished, nil: Issue.record("nothing to answer at \(talk.place)")
        }
    }

    /// A blank empties an optional field, which is no loss, so a field with a value is never given one.
    private static func answer(_ field: FormField, _ dice: inout Dice) -> GivenValue {
        let texts = ["cloud", "local", "mail.test", "http://10.0.0.1", "3", "4", "x\u{0}", "nan", ""]
        let text = texts[dice.roll(texts.count - (field.value == nil ? 0 : 1))]
        return field.spec.isSecret ? .secret(text) : .plain(.string(text))
    }

    private static func finding(_ dice: inout Dice) -> @Sendable (FlowCall, FlowState) -> FlowFinding {
        let (problem, clash) = (dice.rolls(3), dice.rolls(4))
        let (rung, kind) = (Rung.allCases[dice.roll(7)], Problem.Kind.allCases[dice.roll(3)])
        let region: JSON = dice.rolls(2) ? "eu" : "us"
        return { call, state in
            if problem { return .problem(Problem("p", kind, "It broke.", rung: rung)) }
            switch call {
            case .check where clash && state.allowedHosts.isEmpty:
                return .privateHost(host: "10.0.0.1", address: "10.0.0.1")
            case .check where clash:
                let other = ConnectionID(rawValue: "con_other")
                return .account(Identity(id: "1", label: "x"), existing: .taken(by: other, slug: "s", label: "l"))
            case .check: return .account(Identity(id: "1", label: "x"), existing: nil)
            case .options(_, let query):
                return .options([Choice("One", value: "1"), Choice("Two", value: "2")], query: query)
            case .custom: return .additions(["region": region])
            }
        }
    }
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(sides))
    }

    /// True once in so many times.
    mutating func rolls(_ sides: Int) -> Bool { roll(sides) == 0 }
}
