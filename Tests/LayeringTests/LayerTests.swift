import Foundation
import Testing

struct LayerTests {
    @Test func `no file imports against the table`() {
        let bent = SourceTree.files.flatMap { file in
            LayerTable.bentArrows(from: file.module, to: file.imports).sorted().map { "\(file.path) imports \($0)" }
        }
        #expect(bent == [])
        #expect(SourceTree.files.count > 50)
    }

    @Test(.timeLimit(.minutes(2)))
    func `the manifest declares every import and no arrow that the table lacks`() throws {
        let targets = try Manifest.load().targets.filter(\.isOurs)
        #expect(targets.count > 10)
        for target in targets {
            let declared = Set(target.dependencies.map(\.name))
            #expect(LayerTable.row(of: target.name) != nil, "\(target.name) is not in the layer table")
            #expect(
                LayerTable.bentArrows(from: target.name, to: declared).isEmpty, "\(target.name) depends on too much")
            for file in SourceTree.files where file.module == target.name {
                let undeclared = file.imports.subtracting(declared).subtracting(LayerTable.system)
                #expect(undeclared.isEmpty, "\(file.path) imports what Package.swift does not declare")
            }
        }
    }

    @Test func `the table is the one in the architecture`() {
        let agrees = LayerTable.rows(inMarkdown: SourceTree.text("ARCHITECTURE.md")) == LayerTable.rows
        #expect(agrees, "The table of ARCHITECTURE.md should say:\n\(LayerTable.markdown)")
    }

    @Test func `every folder of sources has a row`() {
        let strangers = Set(SourceTree.files.map(\.module)).filter { LayerTable.row(of: $0) == nil }
        #expect(strangers == [])
    }

    @Test(arguments: [
        ("MaxCore", "MaxHub"), ("MaxSetup", "MaxVault"), ("MaxSync", "MaxQuery"), ("MaxSync", "MaxStore"),
        ("MaxHub", "GRDB"), ("MaxTerminal", "MaxCore"),
        ("AcmeConnector", "MaxHub"), ("AcmeSandbox", "MaxCore"), ("max", "MaxStore"), ("MaxCommands", "AcmeConnector"),
        ("Unheard", "MaxCore"),
    ])
    func `a bent arrow is seen`(from module: String, to imported: String) {
        #expect(LayerTable.bentArrows(from: module, to: [imported]) == [imported])
    }

    @Test func `a connector may import one vendor library and not two`() {
        #expect(LayerTable.bentArrows(from: "AcmeConnector", to: ["MaxCore", "AcmeKit"]).isEmpty)
        #expect(LayerTable.bentArrows(from: "AcmeConnector", to: ["AcmeKit", "NIOCore"]) == ["AcmeKit", "NIOCore"])
        #expect(LayerTable.bentArrows(from: "MaxHub", to: ["AcmeKit"]) == ["AcmeKit"])
    }

    @Test(arguments: [
        "import Foundation", "public import Foundation", "@testable import Foundation", "import struct Foundation.URL",
        "@_spi(Secrets) package import Foundation", "    import Foundation  // for URL",
    ])
    func `an import is read in every spelling`(line: String) {
        #expect(SourceFile(path: "", module: "", text: line).imports == ["Foundation"])
    }

    @Test func `a table is read from Markdown`() {
        let text = """
            Words.

            | Floor | Module | May import |
            |---|---|---|
            | 0 | `MaxCore` | – |
            | 1 | `MaxHub`, `MaxWire` | `MaxCore`, `NIO*` |
            """
        let rows = LayerTable.rows(inMarkdown: text)
        #expect(rows == ["MaxCore": [], "MaxHub": ["MaxCore", "NIO*"], "MaxWire": ["MaxCore", "NIO*"]])
        #expect(LayerTable.rows(inMarkdown: LayerTable.markdown) == LayerTable.rows)
    }
}
