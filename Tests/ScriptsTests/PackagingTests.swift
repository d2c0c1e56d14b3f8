import Foundation
import Testing

/// What the container, the units and the template say, beside what Max and their platforms understand.
struct PackagingTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func read(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// The text of every file below a folder.
    private func all(under folder: String) throws -> String {
        let found = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path())
        return (found?.compactMap { $0 as? String } ?? []).compactMap { try? read("\(folder)/\($0)") }.joined()
    }

    @Test func `the settings it gives are settings that Max reads`() throws {
        let given = Set(try all(under: "Packaging").matches(of: #/\bMAX(?:_[A-Z]+)+\b/#).map { String($0.0) })
        let sources = try all(under: "Sources")
        #expect(given.filter { !sources.contains("\"\($0)\"") } == [])
        #expect(given.isSuperset(of: ["MAX_PROJECT", "MAX_LISTEN", "MAX_PUBLIC_URL", "MAX_VAULT_KEY"]))
    }

    @Test func `the packages to install are the same everywhere`() throws {
        let pages = ["Packaging/README.md", "Packaging/container/Dockerfile", "Documentation/Install.md"]
        let lists = try pages.flatMap { page in
            try read(page).matches(of: #/apt-get install -y (?:--no-install-recommends )?([a-z0-9 .+-]+)/#).map {
                $0.1.split(separator: " ").sorted()
            }
        }
        #expect(lists.count == pages.count)
        #expect(Set(lists).count == 1)
    }

    @Test func `what Railway reads is there, and is what it accepts`() throws {
        struct Config: Decodable {
            let build: Build
            let deploy: Deploy
            struct Build: Decodable { let dockerfilePath: String }
            struct Deploy: Decodable {
                let healthcheckPath: String
                let startCommand: String?
            }
        }
        let config = try JSONDecoder().decode(Config.self, from: Data(try read("railway.json").utf8))
        let lines = try read(config.build.dockerfilePath).split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("VOLUME") })
        #expect(lines.contains("ENTRYPOINT [\"as-max\"]"))
        #expect(config.deploy.startCommand == nil, "It would take the place of the entry point.")
        #expect(try all(under: "Sources/MaxServer/Health").contains("\"\(config.deploy.healthcheckPath)\""))
    }

    @Test func `the template makes a vault key of 32 bytes`() throws {
        let template = try read("Packaging/railway/template.md")
        let call = try #require(template.firstMatch(of: #/`MAX_VAULT_KEY` \| `\$\{\{secret\((\d+), "(\w+)"\)\}\}`/#))
        #expect(call.1 == "64")
        #expect(Set(call.2) == Set("0123456789abcdef"))
    }

    @Test func `the port is the one that Max has of itself`() throws {
        #expect(try all(under: "Sources/MaxServer/Settings").contains("port = 7117"))
        #expect(try read("Packaging/container/Dockerfile").contains("MAX_LISTEN=0.0.0.0:7117\n"))
        #expect(try read("Packaging/container/Dockerfile").contains("EXPOSE 7117\n"))
        #expect(try read("Packaging/railway/template.md").contains("| `PORT` | `7117` |"))
    }
}
