internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
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
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let written = try await program.withDesk { desk in
            try await Interrupts.cancelling {
                let folder = URL(filePath: to, directoryHint: .isDirectory, relativeTo: program.settings.folder)
                let query = try desk.engines.query()
                let requests = try await requests(query)
                try Files.makePrivateFolder(folder)
                return try await export(requests, of: query, into: folder)
            }
        }
        if output.json { return program.printer.json(Reply(files: written)) }
        if written.isEmpty { return program.printer.line("There are no records to write.") }
        program.printer.table(
            Table(
                [Table.Column(title: "FILE", isWhole: true), Table.Column(title: "RECORDS", isNumeric: true)],
                written.map { [$0.path, "\($0.records)"] }))
    }

    /// What is asked for each file: the entities that were named, or those with records.
    private func requests(_ query: QueryService) async throws -> [SearchRequest] {
        let names =
            entities.isEmpty
            ? try await query.schema(scope == "all" ? nil : scope).filter { !$0.counts.isEmpty }.map(\.entity.name)
            : entities
        return names.map { SearchRequest(scope: scope, entity: $0, limit: 1000) }
    }

    /// Writes all files, and moves them to their places when every one is whole.
    private func export(_ requests: [SearchRequest], of query: QueryService, into folder: URL) async throws -> [Written]
    {
        var files: [ExportFile] = []
        var written: [Written] = []
        for request in requests {
            let pages = try await query.pages(request)
            // Named twice, it is still one file.
            if written.contains(where: { $0.entity == pages.entity.name }) { continue }
            let name = "\(pages.entity.name).\(format.rawValue)"
            let file = try ExportFile(folder.appending(path: name), replacing: force)
            let count = try await fill(file, with: pages)
            files.append(file)
            written.append(
                Written(path: file.target.path, entity: pages.entity.name, format: format.rawValue, records: count))
        }
        for file in files { try file.settle() }
        return written
    }

    private func fill(_ file: ExportFile, with pages: RecordPages) async throws -> Int {
        let printing = RecordPrinting(entity: pages.entity, columns: pages.columns, isWhole: true)
        var (text, count) = (JSONText(), 0)
        if format == .csv { try file.write(Array(printing.header.utf8)) }
        for try await records in pages {
            switch format {
            case .csv: try file.write(records.flatMap { Array(printing.csv($0).utf8) })
            case .ndjson:
                for record in records {
                    text.append(record.body.json)
                    text.endLine()
                }
                try file.write(text.take())
            }
            count += records.count
        }
        return count
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
