internal import ArgumentParser
internal import Foundation
internal import MaxClient
internal import MaxCore
internal import MaxWire

/// `max export`: writes records into files.
struct ExportCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write records into files, one for each entity.")

    /// The form of a file, which is also its ending.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case ndjson
        case csv
    }

    @Argument(help: "A connection, a connector (all its connections) or “all”.")
    var scope: String
    @Argument(help: "The entities; all that have records unless given.")
    var entities: [String] = []
    @Option(help: "The folder to write into; it is made where it is missing.")
    var to: String
    @Option(help: "The form: ndjson or csv.")
    var format: Format = .ndjson
    @Flag(help: "Replace files that are there already.")
    var force = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let written = try await program.withHub(place) { hub in
            try await Interrupts.cancelling {
                let folder = URL(filePath: to, directoryHint: .isDirectory, relativeTo: program.settings.folder)
                let names = try await names(hub)
                try Files.makePrivateFolder(folder)
                return try await export(names, of: hub, into: folder)
            }
        }
        if output.json { return program.printer.json(Reply(files: written)) }
        if written.isEmpty { return program.printer.line("There are no records to write.") }
        program.printer.table(
            Table(
                [Table.Column(title: "FILE", isWhole: true), Table.Column(title: "RECORDS", isNumeric: true)],
                written.map { [$0.path, "\($0.records)"] }))
    }

    /// The entities that were named, or those with records.
    private func names(_ hub: any Hub) async throws -> [String] {
        guard entities.isEmpty else { return entities }
        return try await hub.entities(scope == "all" ? nil : scope).filter { $0.records > 0 }.map(\.name)
    }

    private func question(_ entity: String, after: String? = nil) -> RecordQuestion {
        RecordQuestion(scope: scope, entity: entity, limit: 1000, after: after)
    }

    /// Writes all files, and moves them to their places when every one is whole.
    private func export(_ names: [String], of hub: any Hub, into folder: URL) async throws -> [Written] {
        var files: [ExportFile] = []
        var written: [Written] = []
        for name in names {
            let first = try await hub.records(question(name))
            // Named twice, it is still one file.
            if written.contains(where: { $0.entity == first.entity }) { continue }
            let file = try ExportFile(
                folder.appending(path: "\(first.entity).\(format.rawValue)"), replacing: force)
            let count = try await fill(file, from: first, of: hub)
            files.append(file)
            written.append(
                Written(path: file.target.path, entity: first.entity, format: format.rawValue, records: count))
        }
        for file in files { try file.settle() }
        return written
    }

    private func fill(_ file: ExportFile, from first: RecordPageBody, of hub: any Hub) async throws -> Int {
        let printing = RecordPrinting(entity: nil, columns: first.columns, isWhole: true)
        if format == .csv { try file.write(Array(printing.header.utf8)) }
        var (page, count) = (first, 0)
        while true {
            try Task.checkCancellation()
            try file.write(bytes(of: page.items, printing))
            count += page.items.count
            guard let next = page.next else { return count }
            page = try await hub.records(question(first.entity, after: next))
        }
    }

    private func bytes(of records: [JSON], _ printing: RecordPrinting) -> [UInt8] {
        switch format {
        case .csv: return records.flatMap { Array(printing.csv(ToldRecord(json: $0)).utf8) }
        case .ndjson:
            var text = JSONText()
            for record in records {
                text.append(record)
                text.endLine()
            }
            return text.bytes
        }
    }

    /// A file that was written.
    private struct Written: Encodable, Sendable {
        let path: String
        let entity: String
        let format: String
        let records: Int
    }

    private struct Reply: Encodable {
        let files: [Written]
    }
}
