internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

extension ConversationOptions {
    /// Whether there is a person to ask.
    func asks(on terminal: Terminal) -> Bool { terminal.isInteractive && !output.json && !yes }
}

extension ConnectorRegistry {
    /// Refuses answers that no question takes and, where nobody can be asked, names everything that is missing.
    ///
    /// Needs no project, so that a call that cannot succeed makes none.
    func check(_ given: [String: GivenValue], for name: String?, asks: Bool, sandbox: Bool) async throws {
        guard let name else {
            if !asks { throw MissingAnswers(connectors: try await options()) }
            return
        }
        let connector = try await connector(name)
        let rehearsal = await connector.flow.rehearse()
        if let stranger = given.keys.sorted().first(where: { !rehearsal.names.contains($0) }) {
            throw MaxError(
                "options_invalid", "\(connector.about.displayName) asks nothing named \(stranger.quoted).",
                fix: "It asks: \(rehearsal.names.joined(separator: ", ")).")
        }
        let missing = rehearsal.fields.filter {
            FormField(spec: $0, value: nil, isHeld: false).isUnanswered(by: given)
        }
        if !asks, !sandbox, !missing.isEmpty { throw MissingAnswers(missing) }
    }

    /// What there is to choose from, without what is broken.
    private func options() async throws -> [OptionBody] {
        var options: [OptionBody] = []
        for name in names {
            guard let about = try? await connector(name).about else { continue }
            options.append(OptionBody(value: about.name, label: about.displayName, detail: about.description))
        }
        return options
    }
}

extension MissingAnswers {
    /// The connector itself is missing.
    init(connectors: [OptionBody]) {
        answers = [
            MissingAnswerBody(
                field: "connector", label: "Connector", type: "choice", give: ["max connect NAME"], options: connectors)
        ]
    }
}
