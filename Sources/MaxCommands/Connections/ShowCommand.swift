internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxVault
internal import MaxWire

/// `max show`: one connection.
struct ShowCommand: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one connection.")

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let connection = try await desk.rows.connection(named: connection)
            let lock = try? await desk.vault.lock(of: connection.id)
            let secrets = try await desk.rows.secrets(of: connection.id).filter { $0.stage == .active }.map(\.field)
            let body = ConnectionBody(connection, lock: lock)
            if output.json { return desk.printer.json(Reply(connection: body, secrets: secrets.sorted())) }
            desk.printer.line("\(body.label) · \(body.standing)")
            desk.printer.table(rows(body, secrets: secrets))
        }
    }

    private func rows(_ body: ConnectionBody, secrets: [String]) -> [[String]] {
        var rows = [
            ["Name", body.slug], ["Connector", body.connector], ["Account", body.identity ?? "not known yet"],
        ]
        if let scopes = body.account?.scopes, !scopes.isEmpty {
            rows.append(["Permissions", scopes.joined(separator: ", ")])
        }
        if let expiry = body.account?.credentialExpiresAt {
            rows.append(["Credential", "expires \(Phrase.moment(expiry))"])
        }
        for (name, value) in body.config.sorted(by: { $0.key < $1.key }) {
            rows.append([name, value.string ?? value.text])
        }
        for secret in secrets.sorted() { rows.append([secret, "sealed"]) }
        if let activated = body.activatedAt { rows.append(["Connected", Phrase.moment(activated)]) }
        return rows + [["Id", body.id]]
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
        /// The names of the secrets it has; never their values.
        let secrets: [String]
    }
}
