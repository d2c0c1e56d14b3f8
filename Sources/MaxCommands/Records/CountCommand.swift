internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxTerminal

/// `max count`: how many records there are.
struct CountCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Count the records that fit a question.")

    @OptionGroup var choice: RecordChoice
    @Option(help: ArgumentHelp("Count each value of this field apart.", valueName: "field"))
    var groupBy: String?
    @Option(help: "How many groups at most, 1 to 10000; the largest come first.")
    var limit = 100
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let reply = try await desk.engines.query().count(
                CountRequest(
                    scope: choice.scope, entity: choice.entity, filter: choice.filter, match: choice.match,
                    groupBy: groupBy, limit: limit))
            let isBare = reply.count == 0 && choice.isUnconditional
            let nothing = isBare ? try await desk.nothingThere(of: reply.entity.name, in: reply.connections) : nil
            if output.json { return desk.printer.json(object(reply, nothing)) }
            defer { for line in nothing?.lines ?? [] { desk.terminal.say(line) } }
            guard let name = reply.groupedBy else { return desk.printer.line("\(reply.count)") }
            desk.printer.table(
                Table(
                    [Table.Column(title: name), Table.Column(title: "RECORDS", isNumeric: true)],
                    reply.groups.map { [$0.value?.cell ?? "", "\($0.count)"] }))
            if reply.isCut { desk.terminal.say("\("There are more groups: --limit shows more.", .dim)") }
        }
    }

    private func object(_ reply: CountReply, _ nothing: NothingThere?) -> JSON {
        var members: [String: JSON] = ["count": JSON(reply.count)]
        members["emptiness"] = nothing?.json
        if reply.groupedBy != nil {
            members["groups"] = .array(reply.groups.map { ["value": $0.value ?? .null, "count": JSON($0.count)] })
            members["more"] = .bool(reply.isCut)
        }
        return .object(members)
    }
}
