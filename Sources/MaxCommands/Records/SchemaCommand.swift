internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// `max schema`: what is collected.
struct SchemaCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Tell what is collected: entities, their fields, how many records.")

    @Argument(help: "A connector, a connection or an entity; everything unless given.")
    var name: String?
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let bodies = try await hub.entities(name)
            if output.json { return program.printer.json(Reply(entities: bodies)) }
            if bodies.count == 1, bodies[0].name == name { return show(bodies[0], on: program.printer) }
            program.printer.table(
                Table(
                    [
                        Table.Column(title: "ENTITY"), Table.Column(title: "CONNECTOR"),
                        Table.Column(title: "RECORDS", isNumeric: true), Table.Column(title: "FIELDS"),
                    ],
                    bodies.map {
                        [$0.name, $0.connector, "\($0.records)", $0.fields.map(\.name).joined(separator: ", ")]
                    }))
        }
    }

    private func show(_ entity: EntityBody, on printer: Printer) {
        printer.line("\(entity.name) · \(entity.connector) · \(Phrase.count(entity.records, "record"))")
        printer.table(
            [["id", "string", ""]]
                + entity.fields.map { [$0.name, $0.to.map { "ref to \($0)" } ?? $0.kind, $0.traits] }
                + entity.collections.map { [$0.name, "its \($0.entity)", ""] })
    }

    private struct Reply: Encodable {
        let entities: [EntityBody]
    }
}

extension EntityFieldBody {
    /// What is special about it, for people.
    fileprivate var traits: String {
        [title ? "title" : nil, searched && !title ? "searched by --match" : nil, indexed ? "indexed" : nil]
            .compactMap(\.self).joined(separator: ", ")
    }
}
