internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
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

    /// Whether every record is meant, so that finding none says something of the entity.
    var isUnconditional: Bool { (filter ?? "").allSatisfy(\.isWhitespace) && match == nil }
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
    @OptionGroup var output: RecordOutput

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let reply = try await desk.engines.query().search(
                SearchRequest(
                    scope: choice.scope, entity: choice.entity, filter: choice.filter, match: choice.match,
                    orderBy: orderBy, fields: fields, limit: limit, after: after))
            let isBare = reply.records.isEmpty && choice.isUnconditional && after == nil
            let nothing = isBare ? try await desk.nothingThere(of: reply.entity.name, in: reply.connections) : nil
            tell(reply, nothing, on: desk)
        }
    }

    private func tell(_ reply: SearchReply, _ nothing: NothingThere?, on desk: Desk) {
        let printing = RecordPrinting(entity: reply.entity, columns: reply.columns, isWhole: fields == nil)
        switch output.format {
        case .json:
            var members: [String: JSON] = ["records": .array(reply.records.map(\.body.json)), "next": JSON(reply.next)]
            members["emptiness"] = nothing?.json
            return desk.printer.json(.object(members))
        case .ndjson:
            var text = JSONText()
            for record in reply.records {
                text.append(record.body.json)
                text.endLine()
            }
            desk.printer.data(text.bytes)
        case .csv:
            desk.printer.data(printing.header + reply.records.map(printing.csv).joined())
        case .table where reply.records.isEmpty:
            if nothing == nil { desk.terminal.say("No \(reply.entity.name) found.") }
        case .table:
            let table = printing.table(reply.records, showsConnection: reply.connections.count > 1)
            desk.printer.table(table) { desk.terminal.say("\($0, .dim)") }
        }
        for line in nothing?.lines ?? [] { desk.terminal.say(line) }
        if let next = reply.next { desk.terminal.say("\("There are more: --after \(next)", .dim)") }
    }
}
