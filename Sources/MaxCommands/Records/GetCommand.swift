internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxWire

/// `max get`: one record with its edges.
struct GetCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show one record with its edges, or what it was when it is gone.")

    @Argument(help: "Its address: entity/id, or connection:entity/id.")
    var ref: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let reply = try await desk.engines.query().record(ref)
            if output.json { return desk.printer.json(object(reply)) }
            switch reply {
            case .present(let record, let entity, let children, let parents):
                show(record, entity, on: desk.printer)
                for group in children { desk.printer.line(line(group)) }
                for parent in parents { desk.printer.line("in \(parent.entity)/\(parent.id)") }
            case .gone(let record, let entity, let since):
                desk.printer.line("Gone since \(Phrase.moment(since)); this is what it was.")
                show(record, entity, on: desk.printer)
            }
        }
    }

    private func show(_ record: QueriedRecord, _ entity: StoredEntity, on printer: Printer) {
        let title = entity.fields.first(where: \.isTitle).flatMap { record.fields[$0.name]?.string }
        printer.line(record.ref.description + (title.map { " · \($0)" } ?? ""))
        let known = entity.fields.map(\.name).filter { record.fields[$0] != nil }
        let rows = known.map { [$0, value(record.fields[$0], kind: entity.field($0)?.kind)] }
        printer.table(rows + record.others.sorted { $0.key < $1.key }.map { [$0.key, $0.value.cell] })
    }

    /// A value as a person reads it; a ref as the address that `max get` takes.
    private func value(_ value: JSON?, kind: StoredField.Kind?) -> String {
        if case .ref(let entity) = kind, let id = value?.string { return "\(entity)/\(id)" }
        return value?.cell ?? ""
    }

    private func line(_ group: EdgeGroup) -> String {
        let more = group.count > group.first.count ? ", …" : ""
        return "\(group.field): \(Phrase.number(group.count)) \(group.entity)"
            + (group.first.isEmpty ? "" : " (\(group.first.joined(separator: ", "))\(more))")
    }

    private func object(_ reply: RecordReply) -> JSON {
        switch reply {
        case .present(let record, _, let children, let parents):
            [
                "record": record.body.json,
                "children": .array(
                    children.map {
                        [
                            "field": .string($0.field), "entity": .string($0.entity), "count": JSON($0.count),
                            "first": .array($0.first.map(JSON.string)),
                        ]
                    }),
                "parents": .array(parents.map { .string("\($0.entity)/\($0.id)") }),
            ]
        case .gone(let record, _, let since):
            ["gone": record.body.json, "since": .string(since.formatted(.iso8601))]
        }
    }
}
