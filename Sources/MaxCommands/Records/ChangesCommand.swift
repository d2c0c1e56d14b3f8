internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxTerminal
internal import MaxWire

/// `max changes`: what came, changed or went.
struct ChangesCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "Tell what came, changed or went since an earlier answer.",
        discussion: """
            Of several changes of one record only the last is told. The “next” of an answer, given as --since, begins \
            behind it; without --since everything is told from the beginning.
            """)

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Option(help: ArgumentHelp("The “next” of an earlier answer.", valueName: "cursor"))
    var since: String?
    @Option(help: "How many changes at most, 1 to 10000.")
    var limit = 100
    @OptionGroup var output: RecordOutput

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let query = try desk.engines.query()
            let reply = try await query.changes(ChangesRequest(connection: connection, since: since, limit: limit))
            switch output.format {
            case .json:
                return desk.printer.json(
                    [
                        "changes": .array(reply.changes.map(\.json)), "next": .string(reply.next),
                        "more": .bool(reply.hasMore),
                    ])
            case .ndjson:
                for change in reply.changes { desk.printer.json(change.json) }
                return desk.printer.json(["next": .string(reply.next), "more": .bool(reply.hasMore)])
            case .csv:
                desk.printer.data(CSVLine(texts: ["change", "ref", "fields", "other"]).text)
                for change in reply.changes { desk.printer.data(change.csv) }
            case .table where reply.changes.isEmpty: desk.terminal.say("Nothing changed.")
            case .table:
                let titles = try await desk.titles()
                let columns = ["CHANGE", "RECORD", "TITLE"].map { Table.Column(title: $0, isWhole: $0 == "RECORD") }
                desk.printer.table(Table(columns, reply.changes.map { $0.row(titles) }))
            }
            desk.terminal.say("\("\(reply.hasMore ? "There are more" : "From here on"): --since \(reply.next)", .dim)")
        }
    }
}

extension Desk {
    /// The name of each entity's headline.
    fileprivate func titles() async throws -> [String: String] {
        let named = try await engines.requireStore().catalog().compactMap { entity in
            entity.fields.first(where: \.isTitle).map { (entity.name, $0.name) }
        }
        return Dictionary(named) { first, _ in first }
    }
}

extension QueriedChange {
    fileprivate var json: JSON {
        switch self {
        case .changed(let record):
            ["change": "changed", "ref": .string(record.ref.description), "record": record.body.json]
        case .gone(let ref): ["change": "gone", "ref": .string(ref.description)]
        }
    }

    fileprivate var csv: String {
        switch self {
        case .changed(let record):
            CSVLine(
                [
                    "changed", .string(record.ref.description), .object(record.fields),
                    record.others.isEmpty ? nil : .object(record.others),
                ]
            ).text
        case .gone(let ref): CSVLine(["gone", .string(ref.description), nil, nil]).text
        }
    }

    fileprivate func row(_ titles: [String: String]) -> [String] {
        switch self {
        case .changed(let record):
            ["changed", record.ref.description, titles[record.ref.entity].flatMap { record.fields[$0]?.cell } ?? ""]
        case .gone(let ref): ["gone", ref.description, ""]
        }
    }
}
