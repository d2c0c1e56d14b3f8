internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxSync
internal import MaxTerminal
internal import MaxWire

/// `max runs`: the syncs, the newest first.
struct RunsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List the syncs, the newest first.")

    @Argument(help: "A connection: its short name, label or id; all unless given.")
    var connection: String?
    @Option(help: "How many at most.")
    var limit = 20
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is from 1 to 1000.") }
    }

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let sync = try desk.engines.sync()
            let meant =
                if let connection { try await desk.rows.connection(named: connection).id } else { ConnectionID?.none }
            let runs = try await sync.runs(of: meant, limit: limit)
            let connections = try await desk.connectionsByID()
            if output.json {
                return desk.printer.json(Reply(runs: runs.map { RunBody($0, of: connections[$0.connection]) }))
            }
            if runs.isEmpty {
                return desk.terminal.say("No sync yet. Begin one with \(desk.spelling.spell("max sync")).")
            }
            desk.printer.table(
                Table(
                    ["SYNC", "CONNECTION", "WHEN", "TOOK", "OUTCOME"].map { Table.Column(title: $0) }
                        + [Table.Column(title: "RECORDS", isNumeric: true)],
                    runs.map { row($0, connections[$0.connection]) }))
        }
    }

    private func row(_ run: Run, _ connection: Connection?) -> [String] {
        let took = run.startedAt.flatMap { start in run.endedAt.map { Phrase.span($0.timeIntervalSince(start)) } }
        return [
            run.id.short, connection?.slug ?? "–", Phrase.moment(run.startedAt ?? run.requestedAt), took ?? "",
            run.outcome, Phrase.number(run.progress.records),
        ]
    }

    private struct Reply: Encodable {
        let runs: [RunBody]
    }
}

extension Run {
    /// How it stands, in a word or three for people.
    var outcome: String {
        switch state {
        case .requested: "not begun"
        case .running: isStalled ? "broke off" : "under way"
        case .complete: "complete"
        case .partial: "part is missing"
        case .failed: "failed"
        case .cancelled: "stopped"
        }
    }
}

extension Desk {
    /// The connections by their ids.
    func connectionsByID() async throws -> [ConnectionID: Connection] {
        Dictionary(uniqueKeysWithValues: try await rows.connections().map { ($0.id, $0) })
    }
}
