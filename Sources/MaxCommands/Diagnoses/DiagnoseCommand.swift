internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxTerminal
internal import MaxWire

/// `max diagnose`: a report about a connection that may be posted in public.
struct DiagnoseCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Write a report about a connection that is safe to post in public.",
        discussion: """
            It tells versions, health, syncs, recordings, settings by name, and how the vault, the disk and the store \
            are. Accounts and ids have pseudonyms in it; secrets, names, addresses, hosts, paths and whatever was \
            collected have no place in it.
            """)

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Option(name: .shortAndLong, help: ArgumentHelp("Write it there, not to standard output.", valueName: "file"))
    var output: String?
    @Flag(help: "As JSON, in place of lines.")
    var json = false
    @Flag(help: "Replace the file that is there.")
    var force = false
    @OptionGroup var place: PlaceOption

    func run(in program: Program) async throws {
        let file = try output.map { try WantedFile.place($0, replacing: force, in: program) }
        let diagnosis = try await program.withHub(place) { hub in
            try await hub.diagnosis(of: hub.connection(named: connection))
        }
        guard let file, let output else {
            if json { return program.printer.json(Reply(diagnosis: diagnosis)) }
            for line in diagnosis.lines { program.printer.line(line) }
            return
        }
        let text =
            json
            ? try JSON.encoder.encode(Reply(diagnosis: diagnosis)) : Data(diagnosis.lines.joined(separator: "\n").utf8)
        try Files.write(text + Data("\n".utf8), to: file)
        program.say("The report is in \(output). It may be shown to anybody.")
    }

    private struct Reply: Encodable {
        let diagnosis: DiagnosisBody
    }
}
