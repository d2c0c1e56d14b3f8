internal import ArgumentParser
internal import Foundation
internal import MaxCore

/// `max init`: makes a project here.
struct InitCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a project in this folder.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let project = Project(folder: program.settings.folder)
        let existed = project.exists
        if existed { try project.prepare(program.settings) } else { try project.create(program.settings) }
        if output.json {
            program.printer.json(Reply(project: .init(folder: project.folder.path, created: !existed)))
        } else if existed {
            program.printer.line("There is a project here already. Next: max connect")
        } else {
            program.printer.line("Created max.json (no secrets, fit to commit) and .max/ (private). Next: max connect")
        }
    }

    private struct Reply: Encodable {
        let project: ProjectBody
        struct ProjectBody: Encodable {
            let folder: String
            let created: Bool
        }
    }
}
