internal import ArgumentParser
internal import MaxCore
internal import MaxTerminal
internal import MaxWire

/// `max count`: how many records there are.
struct CountCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Count the records that fit a question.")

    @OptionGroup var choice: RecordChoice
    @Option(help: ArgumentHelp("Count each value of this field apart.", valueName: "field"))
    var groupBy: String?
    @Option(help: "How many groups at most, 1 to 10000; the largest come first.")
    var limit = 100
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let reply = try await hub.count(choice.question(limit: limit), by: groupBy)
            let nothing = NothingThere(choice.entity, reply.emptiness)
            if output.json { return program.printer.json(object(reply, nothing)) }
            defer { for line in nothing?.lines ?? [] { program.terminal.say(line) } }
            guard let name = reply.groupedBy else { return program.printer.line("\(reply.count)") }
            program.printer.table(
                Table(
                    [Table.Column(title: name), Table.Column(title: "RECORDS", isNumeric: true)],
                    (reply.groups ?? []).map { [$0.value.isNull ? "" : $0.value.cell, "\($0.count)"] }))
            if reply.more == true { program.terminal.say("\("There are more groups: --limit shows more.", .dim)") }
        }
    }

    private func object(_ reply: CountAnswerBody, _ nothing: NothingThere?) -> JSON {
        var members: [String: JSON] = ["count": JSON(reply.count)]
        members["emptiness"] = nothing?.json
        if let groups = reply.groups {
            members["groups"] = .array(groups.map { ["value": $0.value, "count": JSON($0.count)] })
            members["more"] = .bool(reply.more ?? false)
        }
        return .object(members)
    }
}
