internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore

/// `max sandbox <connector>`: runs a double of a provider until it is stopped.
struct SandboxCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run a double of a provider on this machine, to try things with.")

    @Argument(help: "The connector: one of those that max connectors lists.")
    var connector: String
    @Option(help: "The port to listen on; 0 takes any free one.")
    var port = 0
    @Option(help: "Decides every generated name and number.")
    var seed: UInt64?
    @Option(help: "How much there is in it: small, medium, large, or the sandbox's own words.")
    var size: String?
    @Option(help: "How long each answer is held back, in milliseconds.")
    var latency: Int?
    @Option(help: "The share of requests that fail, from 0 to 1.")
    var flaky: Double?
    @Option(help: "The folder it keeps its data in; without one, the project's, and outside a project memory only.")
    var data: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard (0...1).contains(flaky ?? 0) else { throw ValidationError("--flaky is a share from 0 to 1.") }
        guard (0...60_000).contains(latency ?? 0) else { throw ValidationError("--latency is from 0 to 60000.") }
    }

    func run(in program: Program) async throws {
        guard let sandbox = program.registry.sandbox(of: connector) else {
            let names = program.registry.names.filter { program.registry.sandbox(of: $0) != nil }
            throw MaxError(
                .connectorUnknown, "There is no sandbox for “\(connector)”.",
                fix: "Choose one of: \(names.joined(separator: ", ")).")
        }
        let options = try options(in: program)
        try await Interrupts.cancelling {
            try await sandbox.serve(options) { endpoint in
                announce(endpoint, on: program)
                while true { try await Task.sleep(for: .seconds(3600)) }
            }
        }
    }

    private func options(in program: Program) throws -> SandboxOptions {
        var options = SandboxOptions(folder: data)
        if data == nil, let project = try Project.find(program.settings) {
            try project.prepare(program.settings)
            try Files.makePrivateFolder(project.sandboxFolder)
            options.folder = project.sandboxFolder.appending(path: connector).path
        }
        (options.port, options.seed, options.size, options.flaky) = (port, seed, size, flaky)
        options.latency = latency.map { .milliseconds($0) }
        return options
    }

    private func announce(_ endpoint: SandboxEndpoint, on program: Program) {
        let secrets = endpoint.secrets.mapValues { $0.withText { $0 } }
        if output.json {
            program.printer.json(
                Reply(
                    sandbox: .init(
                        connector: connector, url: endpoint.url.absoluteString, page: endpoint.page.absoluteString,
                        answers: endpoint.answers, secrets: secrets)))
            return
        }
        program.printer.line("The \(connector) sandbox answers at \(endpoint.url.absoluteString)")
        for (name, answer) in endpoint.answers.sorted(by: { $0.key < $1.key }) {
            guard answer.typed != endpoint.url.absoluteString else { continue }
            program.printer.line("  \(name)  \(answer.typed)")
        }
        for (name, secret) in secrets.sorted(by: { $0.key < $1.key }) { program.printer.line("  \(name)  \(secret)") }
        program.printer.line("  more keys at \(endpoint.page.absoluteString)")
        program.printer.line("Ctrl-C stops it.")
    }

    private struct Reply: Encodable {
        let sandbox: Body
        struct Body: Encodable {
            let connector: String
            let url: String
            let page: String
            let answers: [String: JSON]
            let secrets: [String: String]
        }
    }
}
