internal import ArgumentParser
internal import Foundation
internal import MaxEngines
internal import MaxHub
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
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is from 1 to 1000.") }
    }

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            var meant: ConnectionBody?
            if let connection { meant = try await hub.connection(named: connection) }
            let runs = try await hub.runs(of: meant, atMost: limit)
            if output.json { return program.printer.json(Reply(runs: runs)) }
            if runs.isEmpty { return program.say("No sync yet. Begin one with max sync.") }
            program.printer.table(
                Table(
                    ["SYNC", "CONNECTION", "WHEN", "TOOK", "OUTCOME"].map { Table.Column(title: $0) }
                        + [Table.Column(title: "RECORDS", isNumeric: true)], runs.map(row)))
        }
    }

    private func row(_ run: RunBody) -> [String] {
        let took = run.startedAt.flatMap { start in run.endedAt.map { Phrase.span($0.timeIntervalSince(start)) } }
        return [
            run.short, run.connection ?? "–", Phrase.moment(run.startedAt ?? run.requestedAt), took ?? "", run.outcome,
            Phrase.number(run.records),
        ]
    }

    private struct Reply: Encodable {
        let runs: [RunBody]
    }
}
