internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// `max get`: one record with its edges.
struct GetCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show one record with its edges, or what it was when it is gone.")

    @Argument(help: "Its address: entity/id, or connection:entity/id.")
    var ref: String
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let detail = try await hub.record(ref)
            if output.json { return program.printer.json(object(detail)) }
            let record = ToldRecord(json: detail.record)
            if let since = detail.goneSince {
                program.printer.line("Gone since \(Phrase.moment(since)); this is what it was.")
            }
            show(record, try await hub.entities(record.entity).first, on: program.printer)
            for group in detail.children ?? [] { program.printer.line(line(group)) }
            for parent in parents(of: detail) { program.printer.line("in \(parent)") }
        }
    }

    private func show(_ record: ToldRecord, _ entity: EntityBody?, on printer: Printer) {
        let (fields, others) = (record.fields, record.others)
        let title = entity?.title.flatMap { fields[$0]?.string }
        printer.line(record.ref + (title.map { " · \($0)" } ?? ""))
        let known = entity?.fields.filter { fields[$0.name] != nil } ?? []
        let rows = known.map { [$0.name, value(fields[$0.name], of: $0)] }
        printer.table(rows + others.sorted { $0.key < $1.key }.map { [$0.key, $0.value.cell] })
    }

    /// A value as a person reads it; a ref as the address that `max get` takes.
    private func value(_ value: JSON?, of field: EntityFieldBody) -> String {
        if let entity = field.to, let id = value?.string { return "\(entity)/\(id)" }
        return value?.cell ?? ""
    }

    private func line(_ group: EdgeBody) -> String {
        let more = group.count > group.first.count ? ", …" : ""
        return "\(group.field): \(Phrase.number(group.count)) \(group.entity)"
            + (group.first.isEmpty ? "" : " (\(group.first.joined(separator: ", "))\(more))")
    }

    private func object(_ detail: RecordDetailBody) -> JSON {
        if let since = detail.goneSince {
            return ["gone": detail.record, "since": .string(since.formatted(.iso8601))]
        }
        let children = (detail.children ?? []).map { group -> JSON in
            [
                "field": .string(group.field), "entity": .string(group.entity), "count": JSON(group.count),
                "first": .array(group.first.map(JSON.string)),
            ]
        }
        let parents = parents(of: detail).map(JSON.string)
        return ["record": detail.record, "children": .array(children), "parents": .array(parents)]
    }

    /// The addresses of the parents within the connection, which is the record's own.
    private func parents(of detail: RecordDetailBody) -> [String] {
        let connection = ToldRecord(json: detail.record).connection + ":"
        return (detail.parents ?? []).map { $0.hasPrefix(connection) ? String($0.dropFirst(connection.count)) : $0 }
    }
}
