internal import ArgumentParser
internal import Foundation
package import MaxConnector
internal import MaxCore
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
    let printer: Printer
    let decorate: StoreDecoration

    /// Puts something between the engines and the store, such as a test's fault.
    package typealias StoreDecoration = @Sendable (any ProjectRows) -> any ProjectRows

    /// Creates a program.
    package init(
        settings: Settings, registry: ConnectorRegistry, surroundings: Surroundings = .real,
        decorate: @escaping StoreDecoration = { $0 }
    ) {
        self.settings = settings
        self.registry = registry
        self.surroundings = surroundings
        self.decorate = decorate
        terminal = Terminal(environment: settings.environment)
        printer = Printer(calledAs: settings.calledAs)
    }

    /// Runs one command line and returns the exit code.
    package func run(_ arguments: [String]) async -> Int32 {
        do {
            try MaxCommand.requireKnown(arguments.first)
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
        arguments.contains("--json") || arguments.first == FlowCommand.configuration.commandName
    }

    /// The same call without the environment variables that held secrets, so that no program it starts finds them.
    func hiding(_ variables: Set<String>) -> Program {
        var program = self
        program.settings = settings.hiding(variables)
        return program
    }

    /// Opens the project at hand for a command and closes it again.
    ///
    /// - Parameter creating: Whether to make a project here when there is none. Without, a command that only looks finds
    ///   nothing, and leaves nothing behind.
    func withDesk<Result: Sendable>(
        creating: Bool = false, _ work: @Sendable (Desk) async throws -> Result
    ) async throws -> Result {
        let project = try Project.find(settings, creating: creating, say: terminal.say)
        let rows: any ProjectRows = try project.map { try SQLiteStore(folder: $0.privateFolder) } ?? MemoryStore()
        let vault = Vault(
            source: settings.keySource(of: project), rows: decorate(rows), surroundings: surroundings)
        let outbound = Outbound()
        let outcome = await Swift.Result<Result, any Error>.catching {
            try await Sandboxes.withHost(registry, folder: project?.sandboxFolder) { sandboxes in
                let desk = Desk(
                    program: self, project: project, rows: decorate(rows), vault: vault, outbound: outbound,
                    sandboxes: sandboxes)
                try await desk.setup.sweep()
                return try await work(desk)
            }
        }
        await outbound.shutdown()
        try await vault.flush()
        return try outcome.get()
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

/// The whole store, as the composition root hands it to the engines.
package protocol ProjectRows: ConnectionRows, SessionRows, SecretRows {}

extension SQLiteStore: ProjectRows {}
extension MemoryStore: ProjectRows {}

/// Everything a command works with.
struct Desk: Sendable {
    let program: Program
    /// Nil where there is none, and the command only looks.
    let project: Project?
    let rows: any ProjectRows
    let vault: Vault
    let outbound: Outbound
    let sandboxes: Sandboxes

    /// Refuses what has no meaning where there is no project.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    func requireProject() throws {
        guard project == nil else { return }
        throw MaxError("project_missing", "There is no project here.", fix: "Make one with max init, or max connect.")
    }

    var terminal: Terminal { program.terminal }
    var printer: Printer { program.printer }
    var registry: ConnectorRegistry { program.registry }

    /// The one setup engine.
    var setup: SetupService {
        SetupService(
            registry: registry, connections: rows, sessions: rows, keeper: vault, upstreams: outbound,
            sandboxes: sandboxes, surroundings: program.surroundings)
    }

    /// The plans of every connector that can be used; `broken` is told of each that cannot.
    func plans(broken: (String, any Error) -> Void = { _, _ in }) async throws -> [SetupPlan] {
        let deployment = Deployment(vaultLock: await vault.lock(), opens: [])
        let connections = try await rows.connections()
        var plans: [SetupPlan] = []
        for name in registry.names {
            let connector: any Connector
            do { connector = try await registry.connector(name) } catch {
                broken(name, error)
                continue
            }
            plans.append(
                .make(
                    connector, rehearsal: await connector.flow.rehearse(), deployment,
                    hasSandbox: registry.sandbox(of: name) != nil, connections: connections))
        }
        return plans
    }
}

extension Swift.Result where Failure == any Error {
    fileprivate static func catching(_ work: () async throws -> Success) async -> Self {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
