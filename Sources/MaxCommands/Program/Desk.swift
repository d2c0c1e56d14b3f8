internal import MaxAccess
internal import MaxConnector
package import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxStore
internal import MaxTerminal
internal import MaxVault

extension SQLiteStore: ProjectRows, CollectedRows {}
extension MemoryStore: ProjectRows {}

/// What is put between the engines and the store, such as a test's fault.
package struct StoreDecoration: Sendable {
    let project: @Sendable (any ProjectRows) -> any ProjectRows
    let collected: @Sendable (any CollectedRows) -> any CollectedRows

    package init(
        project: @escaping @Sendable (any ProjectRows) -> any ProjectRows = { $0 },
        collected: @escaping @Sendable (any CollectedRows) -> any CollectedRows = { $0 }
    ) {
        self.project = project
        self.collected = collected
    }
}

/// Everything a command works with.
struct Desk: Sendable {
    let program: Program
    /// Nil where there is none, and the command only looks.
    let project: Project?
    /// What is stored there.
    let store: SQLiteStore?
    /// The engines over it.
    let engines: Engines
    /// Who may come in to its server.
    let access: AccessService

    /// How commands that are told to people are spelled here.
    var spelling: CalledAs { program.settings.calledAs }

    /// Says a line for people, with each command in it as they have to type it.
    func say(_ line: StyledText) { terminal.say(line.mapping(spelling.spell)) }

    var terminal: Terminal { program.terminal }
    var printer: Printer { program.printer }
    var registry: ConnectorRegistry { engines.registry }
    var rows: any ProjectRows { engines.rows }
    var vault: Vault { engines.vault }
    var setup: SetupService { engines.setup }
}
