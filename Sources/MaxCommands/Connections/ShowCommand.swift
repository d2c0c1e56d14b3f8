internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// `max show`: one connection.
struct ShowCommand: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one connection.")

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let body = try await hub.connection(named: connection)
            let secrets = try await hub.secretNames(of: body)
            if output.json { return program.printer.json(Reply(connection: body, secrets: secrets)) }
            program.printer.line("\(body.label) · \(body.line)")
            let connector = try? await program.registry.connector(body.connector)
            let rows = rows(body, secrets: secrets ?? [], words: await connector?.flow.rehearse())
            program.printer.table(rows + (try await collected(from: body, hub)) + [["Id", body.id]])
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
            let isWay = words?.fields.contains { $0.name == name && ($0.kind == .url || $0.isAdvanced) } ?? false
            if body.sandbox, isWay { continue }
            rows.append([words?.label(of: name) ?? name, value.string ?? value.text])
        }
        for secret in secrets { rows.append([words?.label(of: secret) ?? secret, "sealed"]) }
        for (place, scope) in (body.account?.scopes ?? []).enumerated() {
            rows.append([place == 0 ? "Permissions" : "", scope])
        }
        if let activated = body.activatedAt { rows.append(["Connected", Phrase.moment(activated)]) }
        return rows
    }

    /// What was collected, and how the last sync ended.
    private func collected(from connection: ConnectionBody, _ hub: any Hub) async throws -> [[String]] {
        let tallies = try await hub.entities(nil).compactMap { entity in
            entity.connections[connection.slug].map { (count: $0, entity: entity.name) }
        }.sorted { $0.entity < $1.entity }
        let last = try await hub.runs(of: connection, atMost: 1).first.map { run in
            "\(run.outcome), \(Phrase.moment(run.endedAt ?? run.startedAt ?? run.requestedAt)), \(run.short)"
        }
        let counts = tallies.enumerated().map { place, tally in
            [place == 0 ? "Records" : "", "\(Phrase.number(tally.count)) \(tally.entity)"]
        }
        return counts + (last.map { [["Last sync", $0]] } ?? [])
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
        /// The names of the secrets it has, where they are told; never their values.
        let secrets: [String]?
    }
}

extension FlowRehearsal {
    /// What people call a field.
    fileprivate func label(of name: String) -> String? {
        fields.first { $0.name == name }?.label ?? provided.first { $0.field == name }?.label
    }
}
