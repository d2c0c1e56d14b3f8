internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup
internal import MaxSync

extension Console {
    func addConnections(to router: Router<ServerContext>) {
        router.get("/connections/:slug") { request, context in try await showConnection(request, context) }
        router.post("/connections/:slug/:act") { request, context in try await change(request, context) }
    }

    /// The account of the address.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found`.
    func connection(_ context: ServerContext) async throws -> Connection {
        let slug = try context.part("slug")
        if let connection = try await engines.rows.connection(slug: slug) { return connection }
        throw MaxError(.connectionNotFound, "There is no account \(slug.quoted).")
    }

    private func showConnection(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        return html(try await page(of: connection(context), setting))
    }

    private func page(
        of connection: Connection, typedLabel: String? = nil, _ setting: PageSetting
    ) async throws -> ConnectionPage {
        guard let card = try await engines.card(of: connection) else {
            throw MaxError(.connectionNotFound, "The account was erased.")
        }
        let store = try engines.requireStore()
        let words = try? await engines.registry.connector(connection.connector).flow.rehearse()
        let held = try await engines.rows.secrets(of: connection.id).filter { $0.stage == .active }.map(\.field)
        var labels: [String: String] = [:]
        for field in words?.fields ?? [] { labels[field.name] = field.label }
        for selection in words?.provided ?? [] { labels[selection.field] = selection.label }
        let scene = ConnectionScene(
            card: card, runs: try await store.runs(of: connection.id, limit: 10),
            tallies: try await store.tallies().filter { $0.connection == connection.id },
            secrets: held.sorted().map { labels[$0] ?? $0 }, labels: labels)
        return ConnectionPage(scene, typedLabel: typedLabel, setting)
    }

    private func change(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let connection = try await connection(context)
        let address = ConsolePath.connection(connection.slug)
        switch try context.part("act") {
        case "rename":
            guard let label = form["label"].flatMap(Self.label) else {
                throw Refusal(.unprocessableContent, "name_invalid", "A name is one line of up to 120 characters.")
            }
            try await engines.rows.rename(connection.id, label: label, slug: nil)
            return seeOther(address, .renamed)
        case "sync":
            _ = try await engines.sync().request(connection.id)
            return seeOther(address, .syncing)
        case "reconnect": return try await reconnect(connection)
        case "disconnect":
            try await engines.rows.revoke(connection.id, at: engines.surroundings.now())
            return seeOther(address, .disconnected)
        case "erase": return try await erase(connection, confirmed: form["confirm"] ?? "")
        default: throw Refusal(.notFound, "not_found", "There is nothing at this address.")
        }
    }

    /// A name as it may be stored; nil for what is none.
    private static func label(_ typed: String) -> String? {
        let label = typed.trimmingCharacters(in: .whitespaces)
        let isPlain = !label.isEmpty && label.count <= 120 && !label.contains(where: \.isNewline)
        let hasControls = label.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isPlain && !hasControls ? label : nil
    }

    private func reconnect(_ connection: Connection) async throws -> Response {
        let begun = try await engines.setup.unfinished().first { $0.connection == connection.id }
        if let begun { return seeOther(ConsolePath.setup(begun.id)) }
        return seeOther(ConsolePath.setup(try await engines.setup.reconnect(connection).session.id))
    }

    private func erase(_ connection: Connection, confirmed: String) async throws -> Response {
        guard confirmed.trimmingCharacters(in: .whitespaces) == connection.slug else {
            throw Refusal(
                .unprocessableContent, "not_confirmed", "Nothing was erased: what was typed is not the account's name.",
                fix: "Go back and type it as it is shown.")
        }
        try await engines.rows.erase(connection.id, at: engines.surroundings.now())
        return seeOther("/", .erased)
    }
}
