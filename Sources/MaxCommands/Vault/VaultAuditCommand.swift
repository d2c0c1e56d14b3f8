internal import ArgumentParser
internal import Foundation
internal import MaxEngines
internal import MaxHub

/// `max vault audit`: who touched which secret and why.
struct VaultAuditCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who touched which secret and why, newest first.")

    @Option(help: "How many lines to show.")
    var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000.") }
    }

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let names = Dictionary(
                uniqueKeysWithValues: try await desk.rows.connections().map { ($0.id, $0.slug) })
            let lines = try await desk.rows.auditTrail(limit: limit).map { entry in
                Line(
                    at: entry.at, action: entry.action.rawValue, connection: entry.connection?.rawValue,
                    name: entry.connection.flatMap { names[$0] }, field: entry.field, purpose: entry.purpose,
                    count: entry.count)
            }
            if output.json { return desk.printer.json(Reply(audit: lines)) }
            if lines.isEmpty { return desk.printer.line("No secret was touched yet.") }
            desk.printer.table(
                [["WHEN", "WHAT", "CONNECTION", "SECRET", "FOR", "TIMES"]]
                    + lines.map {
                        [
                            Phrase.moment($0.at), $0.action, $0.name ?? $0.connection ?? "", $0.field ?? "",
                            $0.purpose, "\($0.count)",
                        ]
                    })
        }
    }

    private struct Line: Encodable {
        let at: Date
        let action: String
        let connection: String?
        /// The connection's short name, while it has one.
        let name: String?
        let field: String?
        let purpose: String
        let count: Int
    }

    private struct Reply: Encodable {
        let audit: [Line]
    }
}
