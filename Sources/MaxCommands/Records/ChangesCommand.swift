internal import ArgumentParser
internal import MaxCore
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
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: RecordOutput

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let reply = try await hub.changes(connection, after: since, atMost: limit)
            let printer = program.printer
            switch output.format {
            case .json:
                return printer.json(
                    [
                        "changes": .array(reply.items.map(\.json)), "next": .string(reply.next),
                        "more": .bool(reply.more),
                    ])
            case .ndjson:
                for change in reply.items { printer.json(change.json) }
                return printer.json(["next": .string(reply.next), "more": .bool(reply.more)])
            case .csv:
                printer.data(CSVLine(texts: ["change", "ref", "fields", "other"]).text)
                for change in reply.items { printer.data(change.csv) }
            case .table where reply.items.isEmpty: program.terminal.say("Nothing changed.")
            case .table:
                let named = try await hub.entities(nil).compactMap { entity in entity.title.map { (entity.name, $0) } }
                let titles = Dictionary(named) { first, _ in first }
                let columns = ["CHANGE", "RECORD", "TITLE"].map { Table.Column(title: $0, isWhole: $0 == "RECORD") }
                printer.table(Table(columns, reply.items.map { $0.row(titles) }))
            }
            program.terminal.say("\("\(reply.more ? "There are more" : "From here on"): --since \(reply.next)", .dim)")
        }
    }
}

extension ChangeBody {
    fileprivate var json: JSON {
        var members: [String: JSON] = ["change": .string(change), "ref": .string(ref)]
        members["record"] = record
        return .object(members)
    }

    fileprivate var csv: String {
        guard let told = record.map(ToldRecord.init) else {
            return CSVLine([.string(change), .string(ref), nil, nil]).text
        }
        let others = told.others.isEmpty ? nil : JSON.object(told.others)
        return CSVLine([.string(change), .string(ref), .object(told.fields), others]).text
    }

    fileprivate func row(_ titles: [String: String]) -> [String] {
        let told = record.map(ToldRecord.init)
        let title = told.flatMap { told in titles[told.entity].flatMap { told.fields[$0]?.cell } }
        return [change, ref, title ?? ""]
    }
}
