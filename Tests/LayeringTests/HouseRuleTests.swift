import Foundation
import Testing

struct HouseRuleTests {
    @Test(arguments: HouseRule.all) func `a rule of the house is kept`(rule: HouseRule) throws {
        let violations = try rule.violations(in: SourceTree.files)
        #expect(violations == [])
    }

    @Test(arguments: HouseRule.all) func `a broken rule is seen`(rule: HouseRule) throws {
        let file = SourceFile(path: "Example.swift", module: "MaxHub", text: "// A comment.\n\(rule.example)")
        let violations = try rule.violations(in: [file])
        #expect(violations == ["Example.swift:2"])
    }

    @Test func `no name says nothing`() {
        let empty = ["Utils", "Utilities", "Helper", "Common", "Manager", "Misc"]
        #expect(SourceTree.files.map(\.path).filter { path in empty.contains { path.contains($0) } } == [])
    }

    @Test func `no file is over five hundred lines`() {
        let long =
            SourceTree.files.filter { $0.lines.count > 500 }.map(\.path)
            + SourceTree.swiftFiles(under: "Tests").filter { SourceTree.text($0).count { $0 == "\n" } > 500 }
        #expect(long == [])
    }

    @Test func `the executable stays within sixty lines`() {
        let lines = SourceTree.files.filter { $0.module == "max" }.map(\.lines.count)
        #expect((1...60).contains(lines.reduce(0, +)))
    }

    /// The modules in which every provider is alike.
    private static let blind: Set<String> = [
        "MaxCommands", "MaxConsole", "MaxAPI", "MaxServer", "MaxEngines", "MaxClient", "MaxSetup", "MaxSync",
        "MaxQuery",
        "MaxHub", "MaxWire", "MaxStore", "MaxHTTP", "MaxVault",
    ]

    /// What the providers are called, as a part of a regular expression.
    private static var providers: String {
        SourceTree.connectors.map { String($0.dropLast("Connector".count)) }.filter { $0 != "Sample" }.sorted()
            .joined(separator: "|")
    }

    @Test func `no face, engine, store or word of the hub knows a provider's name`() throws {
        let name = try Regex("(?i)(\(Self.providers))")
        let places = SourceTree.files.filter { Self.blind.contains($0.module) }
            .flatMap { $0.places(of: name, in: $0.lines) }
        #expect(places == [])
        #expect("the page of Acme".contains(name) && "max connect ynab".contains(name))
    }

    @Test func `no command, engine or word of the hub turns on a provider's name`() throws {
        let providers = SourceTree.connectors.map { $0.dropLast("Connector".count) }.joined(separator: "|")
        let turn = try Regex(#"\b(\#(providers))Connector\b|(?i)(case|==|!=)\s*"(\#(providers))""#)
        let places = SourceTree.files.filter { Self.blind.contains($0.module) }
            .flatMap { $0.places(of: turn, in: $0.code) }
        #expect(places == [])
        #expect(#"case "acme": return 1"#.contains(turn))
    }
}
