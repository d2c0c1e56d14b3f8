import Foundation
import MaxConnector
import MaxCore
import Testing

struct DraftTests {
    struct Config: ConnectorConfig {
        var address: URL
        let count: Int
        var note: String?
        var limits: Limits
        private(set) var tags: [String]
        var `default`: Bool = false

        struct Limits: Codable, Equatable, Sendable {
            var perDay: Int
            enum CodingKeys: String, CodingKey { case perDay = "per_day" }
        }
    }

    private let draft = Draft<Config>(
        DraftValues([
            "address": "https://a.test", "count": 7, "limits": ["per_day": 3], "tags": ["x"], "default": true,
        ]))

    @Test func `reads answers through the config's own properties`() throws {
        #expect(try draft.address.absoluteString == "https://a.test")
        #expect(try draft.count == 7)
        #expect(try draft.limits == Config.Limits(perDay: 3))
        #expect(try draft.tags == ["x"])
        #expect(try draft.default)
    }

    @Test func `reads nothing for an optional that was not answered`() throws {
        #expect(try draft.note == nil)
        #expect(try Draft<Config>(DraftValues(["note": "hi"])).note == "hi")
        #expect(try Draft<Config>(DraftValues(["note": nil])).note == nil)
    }

    @Test func `throws for what was not answered and for what is of another type`() {
        let empty = Draft<Config>(DraftValues([:]))
        #expect(throws: UnansweredField.self) { try empty.count }
        #expect(throws: DecodingError.self) { try Draft<Config>(DraftValues(["count": "seven"])).count }
    }

    @Test func `knows the properties of a generic config`() throws {
        struct Generic<Part: Codable & Sendable>: ConnectorConfig { var part: Part }
        #expect(try Draft<Generic<[Int?]>>(DraftValues(["part": [1, nil]])).part == [1, nil])
    }

    @Test func `decodes, validates and stores only what the config has properties for`() throws {
        struct Checked: ConnectorConfig {
            var port: Int
            func validate() throws {
                if port == 0 { throw Problem("no_port", .permanent, "No.", field: "port") }
            }
        }
        let flow = OnboardingFlow<Checked> { InputStep("A") { Input(\.port, "Port") } }
        let config = flow.definition.config
        #expect(try config.validated(DraftValues(["port": 1, "stray": "x"])) == ["port": 1])
        #expect(throws: Problem.self) { try config.validated(DraftValues(["port": 0])) }
        #expect(throws: UnansweredField.self) { try config.validated(DraftValues([:])) }
    }

    @Test func `migrates what an earlier version stored and nothing else`() throws {
        struct Second: ConnectorConfig {
            static var version: Int { 2 }
            var url: String
            static func migrate(_ stored: JSON, from version: Int) throws -> JSON {
                ["url": stored["address"] ?? nil, "was": .integer(Int64(version))]
            }
        }
        let config = OnboardingFlow<Second> { InputStep("A") { Input(\.url, "U") } }.definition.config
        #expect(config.version == 2)
        #expect(try config.migrated(["address": "a"], from: 1) == ["url": "a", "was": 1])
        #expect(try config.migrated(["url": "a"], from: 2) == ["url": "a"])
    }

    @Test func `gives steps ids of their own even under one title`() {
        let flow = OnboardingFlow<NoConfig> {
            InputStep("API token") { Secret(Credential.string("a", label: "A")) }
            InputStep("API token") { Secret(Credential.string("b", label: "B")) }
            InputStep("日本") { Secret(Credential.string("c", label: "C")) }
        }
        #expect(flow.definition.steps.map(\.id) == ["1-api-token", "2-api-token", "3"])
        #expect(flow.definition.step("2-api-token")?.title == "API token")
    }

    @Test func `folds an e-mail address in an identity and nothing else`() {
        #expect(Identity(id: "Dana@Acme.Test", label: "Dana@Acme.Test").id == "dana@acme.test")
        #expect(Identity(id: "Usr_A", label: "x").id == "Usr_A")
    }
}
