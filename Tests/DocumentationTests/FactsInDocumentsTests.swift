import Foundation
import Testing

struct FactsInDocumentsTests {
    @Test(arguments: [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "Documentation/Settings.md",
        "Documentation/ExitCodes.md",
    ])
    func `a document that people look for is there`(path: String) {
        #expect(Document.read(path)?.isEmpty == false)
    }

    @Test func `every link leads to a file`() {
        let broken = Document.all.flatMap { document in
            let folder = Document.root.appending(path: document.path).deletingLastPathComponent()
            return document.fileLinks.filter {
                !FileManager.default.fileExists(atPath: folder.appending(path: $0).path(percentEncoded: false))
            }.map { "\(document.path) → \($0)" }
        }
        #expect(broken == [])
    }

    @Test func `the settings are those that are told of`() throws {
        let programs =
            ["max", "Makefile"] + Document.files(under: "Scripts", ending: ".sh")
            + Document.files(under: "Sources", ending: ".swift")
        let read = programs.compactMap { Document.read($0) }.reduce(into: Set()) { $0.formUnion(settings(in: $1)) }
        let told = settings(in: try #require(Document.read("Documentation/Settings.md")))
        #expect(read.subtracting(told) == [], "Documentation/Settings.md does not tell of these")
        #expect(told.subtracting(read) == [], "Documentation/Settings.md tells of these, and nothing reads them")
        #expect(read.contains("MAX_BUILD_CONFIGURATION"))
    }

    @Test func `the exit codes are those that are told of`() throws {
        let source = try #require(Document.files(under: "Sources", ending: "/ExitStatus.swift").first)
        let given = try #require(Document.read(source)).matches(of: #/case \w+ = (\d+)/#).map(\.1)
        let page = try #require(Document.read("Documentation/ExitCodes.md"))
        let told = page.matches(of: #/(?m)^\|\s*`?(\d+)`?\s*\|/#).map(\.1)
        #expect(told.sorted() == given.sorted())
        #expect(given.contains("130"))
    }

    @Test func `every kind of step is explained`() {
        let kinds = Document.files(under: "Sources/MaxConnector/Onboarding", ending: ".swift")
            .compactMap { Document.read($0) }
            .flatMap { $0.matches(of: #/public struct (\w+Step)\b/#).map { String($0.1) } }
            .filter { $0 != "FlowStep" }
        let guide = Document.all.filter { $0.path.hasPrefix("Documentation/") }.map(\.text).joined()
        #expect(kinds.filter { !guide.contains($0) } == [])
        #expect(kinds.contains("InputStep"))
    }

    @Test func `every connector has a page of its own`() throws {
        let folder = Document.root.appending(path: "Connectors").path()
        let connectors = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
        #expect(connectors.filter { Document.read("Connectors/\($0)/README.md")?.isEmpty != false } == [])
        #expect(connectors.contains("Acme"))
    }

    private func settings(in text: String) -> Set<String> {
        Set(text.matches(of: #/\bMAX(?:_[A-Z]+)+\b/#).map { String($0.0) })
    }
}

struct LinkReadingTests {
    @Test func `links to files are told from others`() {
        let document = Document(
            path: "Example.md",
            text: """
                [a](b.md), [c](../d.md#part "title"), [e](https://example.com), [f](#here), ![g](<h.svg>)

                ```swift
                array[0](notALink)
                ```
                """)
        #expect(document.fileLinks == ["b.md", "../d.md", "h.svg"])
    }
}
