import Foundation

/// Which module may import which: the arrows of ARCHITECTURE.md.
///
/// In a list, `NIO*` stands for every module whose name begins so, `*` for every module, and `<Name>Connector` and
/// `<Name>Sandbox` for those of any provider.
enum LayerTable {
    static let rows: [String: Set<String>] = [
        "MaxCore": [],
        "MaxConnector": ["MaxCore"],
        "MaxHub": ["MaxCore", "MaxConnector"],
        "MaxWire": ["MaxCore", "MaxConnector", "MaxHub"],
        "MaxSetup": ["MaxCore", "MaxConnector", "MaxHub"],
        "MaxSync": ["MaxCore", "MaxConnector", "MaxHub"],
        "MaxQuery": ["MaxCore", "MaxConnector", "MaxHub"],
        "MaxVault": ["MaxCore", "MaxConnector", "MaxHub", "Crypto", "CryptoExtras"],
        "MaxAccess": ["MaxCore", "MaxHub", "Crypto", "CryptoExtras"],
        "MaxNotices": ["MaxCore", "MaxConnector", "MaxHub", "Crypto"],
        "CHeap": [],
        "CSimdjson": [],
        "MaxStore": ["MaxCore", "MaxConnector", "MaxHub", "CSimdjson", "GRDB", "GRDBSQLite"],
        "MaxHTTP": ["MaxCore", "MaxConnector", "MaxHub", "AsyncHTTPClient", "NIO*"],
        "MaxTerminal": [],
        "<Name>Connector": ["MaxCore", "MaxConnector"],
        "SandboxKit": ["Hummingbird", "HummingbirdCore", "HTTPTypes", "Logging", "NIO*"],
        "<Name>Sandbox": ["SandboxKit", "Hummingbird", "HTTPTypes", "NIO*", "Crypto"],
        "BundledConnectors": ["MaxCore", "MaxConnector", "<Name>Connector", "<Name>Sandbox", "SandboxKit"],
        "MaxEngines": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault", "MaxNotices",
        ],
        "MaxServer": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault", "MaxAccess",
            "MaxNotices", "MaxEngines", "CHeap", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes",
            "Logging", "NIO*", "ServiceLifecycle",
        ],
        "MaxConsole": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxAccess",
            "MaxNotices", "MaxEngines", "MaxServer", "Hummingbird", "HTTPTypes", "Mustache", "NIO*",
        ],
        "MaxAPI": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxAccess",
            "MaxNotices", "MaxEngines", "MaxServer", "Hummingbird", "HTTPTypes", "NIO*",
        ],
        "MaxClient": ["MaxCore", "MaxConnector", "MaxHub", "MaxWire", "AsyncHTTPClient", "NIO*"],
        "MaxCommands": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxWire", "MaxSetup", "MaxSync", "MaxQuery", "MaxVault", "MaxAccess",
            "MaxNotices", "MaxEngines", "MaxServer", "MaxConsole", "MaxAPI", "MaxClient", "MaxStore", "MaxHTTP",
            "MaxTerminal", "ArgumentParser", "Logging",
        ],
        "MaxTesting": [
            "MaxCore", "MaxConnector", "MaxHub", "MaxSetup", "MaxSync", "MaxVault", "MaxStore", "MaxHTTP", "NIO*",
        ],
        "max": ["MaxCommands", "BundledConnectors"],
        "max-benchmarks": ["*"],
    ]

    /// What belongs to the language and the system, and is open to all.
    static let system: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Musl", "Darwin",
    ]

    /// The row of a module.
    static func row(of module: String) -> Set<String>? {
        rows[module] ?? rows[rowName(of: module)]
    }

    /// The modules among `imports` that the table does not let a module import.
    ///
    /// A connector may import one vendor library, whichever it is.
    static func bentArrows(from module: String, to imports: Set<String>) -> Set<String> {
        guard let row = row(of: module) else { return imports }
        let strangers = imports.subtracting(system).filter { imported in
            !row.contains { allows($0, imported) }
        }
        let vendor = strangers.filter { !$0.hasPrefix("Max") && rows[rowName(of: $0)] == nil }
        return SourceTree.connectors.contains(module) && vendor.count == 1 ? strangers.subtracting(vendor) : strangers
    }

    private static func rowName(of module: String) -> String {
        if SourceTree.connectors.contains(module) { return "<Name>Connector" }
        return module.hasSuffix("Sandbox") ? "<Name>Sandbox" : module
    }

    private static func allows(_ pattern: String, _ module: String) -> Bool {
        if pattern.hasSuffix("*") { return module.hasPrefix(pattern.dropLast()) }
        return pattern == module || pattern == rowName(of: module)
    }
}

// The same table in ARCHITECTURE.md: its columns “Module” and “May import”, names in back quotes.

extension LayerTable {
    /// Reads the table from Markdown; nil when there is none with these columns.
    static func rows(inMarkdown text: String) -> [String: Set<String>]? {
        let tables = text.split(separator: "\n", omittingEmptySubsequences: false).split { !$0.hasPrefix("|") }
        for table in tables {
            let cells = table.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            guard let header = cells.first?.map({ $0.lowercased() }),
                let module = header.firstIndex(of: "module"), let imports = header.firstIndex(of: "may import")
            else { continue }
            return Dictionary(
                cells.dropFirst(2).flatMap { row in
                    names(in: row[module]).map { ($0, Set(names(in: row[imports]))) }
                }
            ) { first, _ in first }
        }
        return nil
    }

    /// The table as Markdown, to paste.
    static var markdown: String {
        let lines = rows.sorted { $0.key < $1.key }.map { module, imports in
            "| `\(module)` | \(imports.sorted().map { "`\($0)`" }.joined(separator: ", ")) |"
        }
        return (["| Module | May import |", "|---|---|"] + lines).joined(separator: "\n")
    }

    private static func names(in cell: String) -> [String] {
        cell.matches(of: #/`([^`]+)`/#).map { String($0.1) }
    }
}
