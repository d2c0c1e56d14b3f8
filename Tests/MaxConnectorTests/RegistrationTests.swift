import Foundation
import MaxConnector
import MaxCore
import Testing

struct RegistrationTests {
    @Test func `accepts a sound connector`() async {
        #expect(await connector(flow: soundFlow).mistakes() == [])
    }

    @Test func `names every mistake of a schema`() async {
        enum Twin: Entity { static let definition = EntityDef("Book") { Field.string("title") } }
        enum Stray: Entity {
            static let definition = EntityDef("Stray") {
                Field.ref("owner", to: Author.self)
                Field.string("name")
                Field.string("name")
            }
        }
        let schema = ConnectorSchema(
            namespace: "shelf", entities: [Book.self, Twin.self, Stray.self], roots: [Author.self])
        let mistakes = await told(connector(schema: schema, flow: soundFlow))
        #expect(mistakes.contains("two entities are named Book"))
        #expect(mistakes.contains("Stray has two fields named name"))
        #expect(mistakes.contains("the root Author is not among the schema's entities"))
        #expect(mistakes.contains("Stray.owner leads to Author, which is not among the schema's entities"))
        #expect(mistakes.contains("no loader provides Stray.owner"))
        #expect(mistakes.contains("a resolver is for Author, which is not in the schema"))
    }

    @Test func `refuses a schema without a root`() async {
        let schema = ConnectorSchema(namespace: "shelf", entities: [Author.self, Book.self], roots: [])
        #expect(await told(connector(schema: schema, flow: soundFlow)) == ["the schema has no root"])
    }

    @Test func `refuses a field that no loader provides and one that is none`() async {
        let loader = Loader<Void>("authors", of: Author.self, provides: ["name", "age"], .entity { _, _ in nil })
        let broken = connector(flow: soundFlow, resolvers: [Resolver(Author.self, loader)])
        #expect(
            await told(broken) == [
                "no loader provides Author.books", "no loader provides Book.title", "no loader provides Book.author",
                "the loader authors provides Author.age, which is not a field",
            ])
    }

    @Test func `refuses a credential and a config field with one name`() async {
        let flow = OnboardingFlow<ShelfConfig> {
            InputStep("All") {
                Input(\.address, "Address")
                Input(\.shelf, "Shelf")
                Secret(Credential.string("shelf", label: "Token"))
            }
        }
        #expect(await told(connector(flow: flow)) == ["two questions fill “shelf”"])
    }

    @Test func `refuses a step that reads what no earlier step provides`() async {
        let flow = OnboardingFlow<ShelfConfig> {
            InputStep("Token") { draft in Secret(ShelfCredentials.token, help: try draft.address / "keys") }
            ValidationStep("Check", when: { try $0.shelf == "a" }) { _, _ in Identity(id: "1", label: "x") }
            InputStep("Where") { Input(\.address, "Address") }
            SelectStep(\.shelf, "Shelf") { draft, _ in [Choice(try draft.shelf, value: "a")] }
        }
        #expect(
            await told(connector(flow: flow)) == [
                "the step “Token” reads address, which no earlier step provides",
                "the step “Check” reads shelf, which no earlier step provides",
                "the step “Shelf” reads shelf, which no earlier step provides",
            ])
    }

    @Test func `refuses a required config field that nobody provides, each of them`() async {
        let flow = OnboardingFlow<ShelfConfig> { InputStep("Token") { Secret(ShelfCredentials.token) } }
        let mistakes = await told(connector(flow: flow))
        #expect(Set(mistakes) == ["no step provides the config's address", "no step provides the config's shelf"])
    }

    @Test func `refuses an onboarding without a step`() async {
        #expect(await told(connector(flow: OnboardingFlow<NoConfig> {})) == ["the onboarding has no step"])
    }

    @Test func `refuses a pattern that is no regular expression`() async {
        let flow = OnboardingFlow<NoConfig> {
            InputStep("T") { Secret(Credential.string("t", label: "Token", pattern: "acme_[")) }
        }
        #expect(await told(connector(flow: flow)) == ["the pattern of “Token” is not a regular expression"])
    }

    @Test(arguments: [
        "<svg><script>alert(1)</script></svg>", "<svg><SCRIPT/></svg>", "<svg onload=\"x()\"></svg>",
        "<svg><use xlink:href=\"#a\"/></svg>", "<svg><path fill=\"url(https://x.test)\"/></svg>",
        "<svg><foreignObject/></svg>", "<svg><style>@import 'x'</style></svg>", "<svg><!-- x --></svg>",
        "<img src=x>", "", "<svg>" + String(repeating: " ", count: 9000) + "</svg>",
    ])
    func `refuses an icon that is more than a picture`(icon: String) async {
        let mistakes = await told(connector(icon: icon, flow: soundFlow))
        #expect(mistakes.count >= 1)
        #expect(mistakes.allSatisfy { $0.contains("icon") })
    }

    @Test(arguments: ["", "Acme", "1acme", "ac me", "acme/x", String(repeating: "a", count: 41)])
    func `refuses a name people cannot type`(name: String) async {
        #expect(await told(connector(name: name, flow: soundFlow)).count == 1)
    }

    @Test func `refuses blank words`() async {
        #expect(await told(connector(displayName: " ", flow: soundFlow)) == ["it has no display name"])
        #expect(await told(connector(collects: [], flow: soundFlow)) == ["it does not say what it collects"])
    }

    @Test func `refuses an egress that leads to no host`() async {
        #expect(await told(connector(egress: .hosts([]), flow: soundFlow)).count == 1)
        #expect(await told(connector(egress: .configured(field: "shelf"), flow: soundFlow)).count == 1)
        #expect(await told(connector(egress: .configured(field: "address"), flow: soundFlow)) == [])
    }

    @Test func `refuses renamed coding keys, of optional properties too`() async {
        struct Renamed: ConnectorConfig {
            var address: URL
            var note: String?
            enum CodingKeys: String, CodingKey {
                case address = "base_url"
                case note = "remark"
            }
        }
        let flow = OnboardingFlow<Renamed> {
            InputStep("Where") {
                Input(\.address, "Address")
                Input(\.note, "Note")
            }
        }
        let keep = "fill stored properties and keep the synthesised coding keys"
        #expect(
            await told(connector(flow: flow)) == [
                "no step provides the config's base_url", "the config has no coding key “address”; \(keep)",
                "the config has no coding key “note”; \(keep)",
            ])
    }

    @Test func `refuses a question for a computed, an observed or a nested property`() async {
        struct Odd: ConnectorConfig {
            var inner: Inner
            var watched: String { didSet {} }
            var shout: String { watched.uppercased() }
            struct Inner: Codable, Sendable { var name: String }
        }
        let computed = "a question fills a property that is computed or observed; fill plain stored ones"
        let observed = OnboardingFlow<Odd> { InputStep("A") { Input(\.watched, "W") } }
        #expect(await told(connector(flow: observed)).contains(computed))
        let shouted = OnboardingFlow<Odd> { InputStep("A") { Input(\.shout, "S") } }
        #expect(await told(connector(flow: shouted)).contains(computed))
        let nested = OnboardingFlow<Odd> { InputStep("A") { Input(\.inner.name, "N") } }
        #expect(await told(connector(flow: nested)) == ["no step provides the config's inner"])
    }

    @Test func `refuses an answer of another type than its property`() async {
        struct Ported: ConnectorConfig { var port: Int }
        let flow = OnboardingFlow<Ported> { InputStep("A") { Input(\.port, "Port", as: .string) } }
        #expect(
            await told(connector(flow: flow)) == ["the answer to “port” is of another type than the config's property"])
    }

    @Test func `refuses a secret inside a list or an object`() async {
        struct Listed: ConnectorConfig { var keys: [String] }
        let flow = OnboardingFlow<Listed> { InputStep("A") { Input(\.keys, "Keys", as: .list(of: .secret)) } }
        #expect(
            await told(connector(flow: flow)) == [
                "“Keys” has a secret inside a list or an object; ask for it with Secret"
            ])
    }

    @Test func `accepts additions of any type from a custom step`() async {
        struct Added: ConnectorConfig {
            var port: Int
            var hosts: [String]
            var limits: [String: Int]
            var isPublic: Bool
        }
        let flow = OnboardingFlow<Added> {
            CustomStep("Look", provides: ["port", "hosts", "limits", "isPublic"]) { _, _ in [:] }
        }
        #expect(await told(connector(flow: flow)) == [])
    }

    private func told(_ connector: any Connector) async -> [String] { await connector.mistakes().map(\.sentence) }
}
