internal import ArgumentParser
internal import Foundation
internal import MaxAccess
package import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHTTP
package import MaxHub
internal import MaxSetup
internal import MaxStore
internal import MaxTerminal
internal import MaxVault
internal import MaxWire

/// One call of `max`: what it was given from outside, and the composition root of everything a command works with.
package struct Program: Sendable {
    private(set) var settings: Settings
    let registry: ConnectorRegistry
    let surroundings: Surroundings
    let terminal: Terminal
    private(set) var printer: Printer
    let decorate: StoreDecoration

    /// Creates a program.
    package init(
        settings: Settings, registry: ConnectorRegistry, surroundings: Surroundings = .real,
        decorate: StoreDecoration = StoreDecoration()
    ) {
        self.settings = settings
        self.registry = registry
        self.surroundings = surroundings
        self.decorate = decorate
        terminal = Terminal(environment: settings.environment)
        printer = Printer(settings)
    }

    /// Runs one command line and returns the exit code.
    package func run(_ arguments: [String]) async -> Int32 {
        await naming(PlaceOption.named(in: arguments)).obey(arguments)
    }

    private func obey(_ arguments: [String]) async -> Int32 {
        do {
            try MaxCommand.requireKnown(arguments.first)
            try requireHere(arguments)
            var command = try MaxCommand.parseAsRoot(arguments)
            guard let work = command as? any Command else {
                try command.run()
                return ExitStatus.done.rawValue
            }
            try await work.run(in: self)
            if printer.hasLost { throw Self.outputLost }
            return ExitStatus.done.rawValue
        } catch {
            return report(Failure(error), asJSON: Self.wantsJSON(arguments))
        }
    }

    private static let outputLost = MaxError(
        "output_lost", "What Max had to say could not be written.", fix: "Check where its output goes.")

    /// Whether the answer is for a program; a setup one step a call always is.
    private static func wantsJSON(_ arguments: [String]) -> Bool {
        RecordOutput.wantsJSON(arguments) || arguments.first == FlowCommand.configuration.commandName
    }

    /// The same call with the server in every command that is told, so that each works as it is printed.
    private func naming(_ server: String?) -> Program {
        guard let server else { return self }
        var program = self
        program.settings.calledAs.server = server
        program.printer = Printer(program.settings)
        return program
    }

    /// The same call without the environment variables that held secrets, so that no program it starts finds them.
    func hiding(_ variables: Set<String>) -> Program {
        var program = self
        program.settings = settings.hiding(variables)
        return program
    }

    /// Opens the project at hand for a command and closes it again.
    ///
    /// - Parameter creating: Whether to make a project here when there is none. Without, a command that only looks
    ///   finds nothing, and leaves nothing behind.
    func withDesk<Result: Sendable>(
        creating: Bool = false, _ work: @Sendable (Desk) async throws -> Result
    ) async throws -> Result {
        let project = try Project.find(settings, creating: creating, say: { terminal.tell(StyledText($0)) })
        let surroundings = try surroundings(in: project)
        let store = try project.map { try SQLiteStore(folder: $0.privateFolder) }
        defer { store?.close() }
        let base: any ProjectRows & AccessRows = store ?? MemoryStore()
        let rows = decorate.project(base)
        let vault = Vault(source: settings.keySource(of: project), rows: rows, surroundings: surroundings)
        let outbound = Outbound()
        let outcome = await Swift.Result<Result, any Error>.catching {
            try await Sandboxes.withHost(registry, folder: project?.sandboxFolder) { sandboxes in
                let engines = Engines(
                    registry: registry, rows: rows, store: store.map { decorate.collected($0) }, vault: vault,
                    upstreams: outbound, sandboxes: sandboxes, surroundings: surroundings,
                    program: ProgramFacts(version: Version.current, settings: settings.given),
                    isTended: { project?.isTended ?? false })
                try await engines.setup.sweep()
                let access = AccessService(rows: base, surroundings: surroundings)
                return try await work(
                    Desk(program: self, project: project, store: store, engines: engines, access: access))
            }
        }
        await outbound.shutdown()
        try await vault.flush()
        return try outcome.get()
    }

    /// The surroundings of this call, with the disk of its project.
    private func surroundings(in project: Project?) throws -> Surroundings {
        var surroundings = surroundings
        let bounds = try settings.diskBounds(of: project)
        surroundings.diskBounds = bounds
        if let project { surroundings.headroom = { project.headroom(bounds) } }
        return surroundings
    }

    private func report(_ failure: Failure, asJSON: Bool) -> Int32 {
        switch failure.words {
        case .nothing: break
        case .text(let text): printer.text(text)
        case .complaint(let text) where asJSON: printer.json(ErrorBody(usage: text))
        case .complaint(let text): for line in ErrorBody(usage: text).lines(settings.calledAs) { terminal.say(line) }
        case .error(let body):
            if asJSON {
                printer.json(body)
            } else {
                for line in body.lines(settings.calledAs) { terminal.say(line) }
            }
        }
        return failure.status.rawValue
    }
}

extension Swift.Result where Failure == any Error {
    fileprivate static func catching(_ work: () async throws -> Success) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
