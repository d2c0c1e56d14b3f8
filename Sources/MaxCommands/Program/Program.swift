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

/// One call of `max`: what it was given from outside, and the composition root of everything a command works with.
package struct Program: Sendable {
    let settings: Settings
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
        printer = Printer()
    }

    /// Runs one command line and returns the exit code.
    package func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try MaxCommand.parseAsRoot(arguments)
            guard let work = command as? any Command else {
                try command.run()
                return ExitStatus.done.rawValue
            }
            try await work.run(in: self)
            return ExitStatus.done.rawValue
        } catch {
            return report(Failure(error), asJSON: arguments.contains("--json"))
        }
    }

    /// Opens the project at hand for a command, making one here when there is none, and closes it again.
    func withDesk<Result: Sendable>(_ work: @Sendable (Desk) async throws -> Result) async throws -> Result {
        let project = try Project.findOrCreate(settings, say: terminal.say)
        let rows = decorate(try SQLiteStore(folder: project.privateFolder))
        let vault = Vault(
            source: settings.keySource(ownFile: project.keyFile), rows: rows, surroundings: surroundings)
        let outbound = Outbound()
        let outcome = await Swift.Result<Result, any Error>.catching {
            try await Sandboxes.withHost(registry, folder: project.sandboxFolder) { sandboxes in
                let desk = Desk(
                    program: self, project: project, rows: rows, vault: vault, outbound: outbound,
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
        case .text(let text): printer.line(text)
        case .complaint(let text): for line in text.split(separator: "\n") { terminal.say(String(line)) }
        case .error(let body):
            if asJSON { printer.json(body) } else { for line in failure.lines { terminal.say(line) } }
        }
        return failure.status.rawValue
    }
}

/// The whole store, as the composition root hands it to the engines.
package protocol ProjectRows: ConnectionRows, SessionRows, SecretRows {}

extension SQLiteStore: ProjectRows {}

/// Everything a command works with in a project.
struct Desk: Sendable {
    let program: Program
    let project: Project
    let rows: any ProjectRows
    let vault: Vault
    let outbound: Outbound
    let sandboxes: Sandboxes

    var terminal: Terminal { program.terminal }
    var printer: Printer { program.printer }
    var registry: ConnectorRegistry { program.registry }

    /// The one setup engine.
    var setup: SetupService {
        SetupService(
            registry: registry, connections: rows, sessions: rows, keeper: vault, upstreams: outbound,
            sandboxes: sandboxes, surroundings: program.surroundings)
    }

    /// The plans of every connector, or of one.
    func plans(of name: String? = nil) async throws -> [SetupPlan] {
        let deployment = Deployment(vaultLock: await vault.lock(), opens: [])
        let connections = try await rows.connections()
        var plans: [SetupPlan] = []
        for name in name.map({ [$0] }) ?? registry.names {
            let connector = try await registry.connector(name)
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
