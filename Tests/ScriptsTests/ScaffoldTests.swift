import Foundation
import Testing

/// What `make new-connector` makes.
///
/// The template is a target of the package, so that it is built and tested like any connector.
struct ScaffoldTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        try home.copy("Package.swift", ".swift-format", "Scripts", "Sources/BundledConnectors", "Connectors")
    }

    private func add(_ name: String) throws -> (status: Int32, output: String, errors: String) {
        try ScriptRun("Scripts/new-connector.sh", [name], in: home).end()
    }

    @Test(arguments: [
        ("GitLab", "GitLab", "gitlab"), ("zulip7", "Zulip7", "zulip7"), ("aardvark", "Aardvark", "aardvark"),
    ])
    func `makes a folder and adds the lines`(given: String, type: String, word: String) throws {
        let run = try add(given)
        #expect(run.status == 0, "\(run.errors)")
        let files = home.files(under: "Connectors/\(type)")
        #expect(
            files
                == [
                    "Fixtures/.gitkeep", "README.md", "Sources/Client.swift", "Sources/Entities.swift",
                    "Sources/Onboarding.swift", "Sources/Sync.swift", "Sources/\(type)Connector.swift",
                    "Tests/\(type)ConformanceTests.swift",
                ].sorted())
        let text = files.map { home.read("Connectors/\(type)/\($0)") }.joined()
        #expect(!text.lowercased().contains("sample"))
        #expect(text.contains("public let \(word): any Connector"))
        #expect(home.read("Package.swift").contains("\n    \"\(type)\",\n"))
        let registry = home.read("Sources/BundledConnectors/Registry.swift")
        #expect(registry.contains("import \(type)Connector\n"))
        #expect(registry.contains("Entry(\"\(word)\") { \(word) },\n"))
        #expect(registry.contains("Entry(\"acme\""))
    }

    @Test func `what it makes is formatted`() throws {
        for name in ["Quixotic", "Abacus"] { #expect(try add(name).status == 0) }
        let lint = ["format", "lint", "--strict", "--recursive", "Package.swift", "Connectors", "Sources"]
        let run = try ScriptRun("swift", lint, in: home).end()
        #expect(run.errors == "")
        #expect(run.status == 0)
    }

    @Test(arguments: ["", "a b", "../x", "7up", "Zoë", "acme", "ACME", "default", "max", "sample", "connector"])
    func `refuses a name that cannot be, and changes nothing`(name: String) throws {
        let before = home.files(under: ".").map { $0 + home.read($0) }
        let run = try add(name)
        #expect(run.status == 2)
        #expect(run.errors.contains("make new-connector NAME="))
        #expect(home.files(under: ".").map { $0 + home.read($0) } == before)
    }
}
