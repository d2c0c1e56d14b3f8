internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
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
            guard let card = try await desk.engines.card(of: connection) else { return }
            let secrets = try await desk.rows.secrets(of: connection.id).filter { $0.stage == .active }.map(\.field)
            let body = card.body
            if output.json { return desk.printer.json(Reply(connection: body, secrets: secrets.sorted())) }
            desk.printer.line("\(body.label) · \(card.line(at: program.surroundings.now()))")
            let connector = try? await desk.registry.connector(connection.connector)
            let rows = rows(body, secrets: secrets, words: await connector?.flow.rehearse())
            desk.printer.table(rows + (try await collected(from: connection, desk)) + [["Id", body.id]])
        }
    }

    private func rows(_ body: ConnectionBody, secrets: [String], words: FlowRehearsal?) -> [[String]] {
        var rows = [
            ["Name", body.slug], ["Connector", body.connector], ["Account", body.identity ?? "not known yet"],
        ]
        if let expiry = body.account?.credentialExpiresAt {
            rows.append(["Credential", "expires \(Phrase.moment(expiry))"])
        }
        if body.sandbox { rows.append(["Provider", "the connector's sandbox, started when it is needed"]) }
        for (name, value) in body.config.sorted(by: { $0.key < $1.key }) {
            let isAddress = words?.fields.contains { $0.name == name && $0.kind == .url } ?? false
            if body.sandbox, isAddress { continue }
            rows.append([words?.label(of: name) ?? name, value.string ?? value.text])
        }
        for secret in secrets.sorted() { rows.append([words?.label(of: secret) ?? secret, "sealed"]) }
        for (place, scope) in (body.account?.scopes ?? []).enumerated() {
            rows.append([place == 0 ? "Permissions" : "", scope])
        }
        if let activated = body.activatedAt { rows.append(["Connected", Phrase.moment(activated)]) }
        return rows
    }

    /// What was collected, and how the last sync ended.
    private func collected(from connection: Connection, _ desk: Desk) async throws -> [[String]] {
        let store = try desk.engines.requireStore()
        let tallies = try await store.tallies().filter { $0.connection == connection.id }.sorted {
            $0.entity < $1.entity
        }
        let last = try await store.runs(of: connection.id, limit: 1).first.map { run in
            "\(run.outcome), \(Phrase.moment(run.endedAt ?? run.startedAt ?? run.requestedAt)), \(run.id.short)"
        }
        let counts = tallies.enumerated().map { place, tally in
            [place == 0 ? "Records" : "", "\(Phrase.number(tally.count)) \(tally.entity)"]
        }
        return counts + (last.map { [["Last sync", $0]] } ?? [])
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
        /// The names of the secrets it has; never their values.
        let secrets: [String]
    }
}

extension FlowRehearsal {
    /// What people call a field.
    fileprivate func label(of name: String) -> String? {
        fields.first { $0.name == name }?.label ?? provided.first { $0.field == name }?.label
    }
}
