internal import ArgumentParser
internal import MaxClient
internal import MaxCore
internal import MaxTerminal
internal import MaxWire

/// Which records are meant: the words that search and count share.
struct RecordChoice: ParsableArguments {
    @Argument(help: "A connection, a connector (all its connections) or “all”.")
    var scope: String
    @Argument(help: "The entity: one of those that max schema lists.")
    var entity: String
    @Option(help: ArgumentHelp("What has to hold, as in \"status != done AND dueDate < +7d\".", valueName: "condition"))
    var filter: String?
    @Option(
        help: ArgumentHelp("Words that have to be in the title or the texts; word* is a beginning.", valueName: "words")
    )
    var match: String?
}

/// `max search`: shows records.
struct SearchCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Show the records that fit a question.",
        discussion: """
            A filter knows AND OR NOT, parentheses, = != < <= > >= IN CONTAINS STARTS WITH MATCHES IS NULL, relative \
            dates such as -7d, and a step over a ref such as assignee.email. max guide tells all of it.
            """)

    @OptionGroup var choice: RecordChoice
    @Option(help: ArgumentHelp("Fields to order by, as in \"dueDate desc, title\".", valueName: "fields"))
    var orderBy: String?
    @Option(help: ArgumentHelp("Fields to give back, as in \"title, assignee.email\".", valueName: "fields"))
    var fields: String?
    @Option(help: "How many records at most, 1 to 10000.")
    var limit = 50
    @Option(help: ArgumentHelp("The “next” of an earlier answer to the same question.", valueName: "cursor"))
    var after: String?
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: RecordOutput

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let page = try await hub.records(
                choice.question(order: orderBy, fields: fields, limit: limit, after: after))
            try await tell(page, from: hub, on: program)
        }
    }

    private func tell(_ page: RecordPageBody, from hub: any Hub, on program: Program) async throws {
        let (printer, nothing) = (program.printer, NothingThere(page.entity, page.emptiness))
        let records = page.items.map { ToldRecord(json: $0) }
        switch output.format {
        case .json:
            var members: [String: JSON] = ["records": .array(page.items), "next": JSON(page.next)]
            members["emptiness"] = nothing?.json
            return printer.json(.object(members))
        case .ndjson:
            var text = JSONText()
            for record in page.items {
                text.append(record)
                text.endLine()
            }
            printer.data(text.bytes)
        case .csv:
            let printing = try await printing(page, from: hub)
            printer.data(printing.header + records.map(printing.csv).joined())
        case .table where records.isEmpty:
            if nothing == nil { program.terminal.say("No \(page.entity) found.") }
        case .table:
            let table = try await printing(page, from: hub).table(
                records, showsConnection: page.connections.count > 1)
            printer.table(table) { program.terminal.say("\($0, .dim)") }
        }
        for line in nothing?.lines ?? [] { program.terminal.say(line) }
        if let next = page.next { program.terminal.say("\("There are more: --after \(next)", .dim)") }
    }

    private func printing(_ page: RecordPageBody, from hub: any Hub) async throws -> RecordPrinting {
        RecordPrinting(
            entity: try await hub.entities(page.entity).first, columns: page.columns, isWhole: fields == nil)
    }
}

extension RecordChoice {
    /// What is asked.
    func question(
        order: String? = nil, fields: String? = nil, limit: Int? = nil, after: String? = nil
    ) -> RecordQuestion {
        RecordQuestion(
            scope: scope, entity: entity, filter: filter, match: match, order: order, fields: fields, limit: limit,
            after: after)
    }
}
