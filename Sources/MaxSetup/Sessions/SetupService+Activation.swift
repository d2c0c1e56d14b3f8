internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Ends a setup well, in one transaction, under the first free name.
    func activate(
        _ session: SetupSession, _ connector: any Connector, _ config: [String: JSON]
    ) async throws -> SetupReply {
        let existing = session.purpose == .reconnect ? try await connections.connection(session.connection) : nil
        if session.purpose == .reconnect, existing == nil { throw Self.vanished }
        var attempt = 1
        while true {
            var connection = connection(of: session, connector, existing, attempt)
            connection.config = config
            let run = RequestedRun(
                id: RunID(in: surroundings), connection: connection.id, requestedAt: surroundings.now())
            do {
                try await sessions.activate(
                    Activation(session: session, connection: connection, replaces: existing != nil, run: run))
                let finished = FinishedView(
                    connection: connection.id, identity: connection.identity, updated: existing != nil,
                    ladder: session.state.ladder, credential: connection.lastSetup?.credential)
                return SetupReply(session: session, connector: connector.about, view: .finished(finished))
            } catch let error as MaxError
                where error.code == .nameTaken && existing == nil && attempt < 100
            {
                attempt += 1
            }
        }
    }

    private func connection(
        of session: SetupSession, _ connector: any Connector, _ existing: Connection?, _ attempt: Int
    ) -> Connection {
        let identity = session.state.identity
        let name = session.name ?? Slug.make(connector: session.connector, identity: identity)
        let slug = attempt == 1 && !registry.names.contains(name) ? name : "\(name)-\(attempt)"
        var connection =
            existing
            ?? Connection(
                id: session.connection, connector: session.connector,
                slug: slug, label: identity?.label ?? connector.about.displayName, identity: identity, state: .active,
                config: [:], configVersion: connector.flow.config.version, isSandbox: session.state.isSandbox,
                allowedHosts: [], createdAt: session.createdAt, activatedAt: nil)
        if let identity, connection.label == existing?.identity?.label { connection.label = identity.label }
        connection.identity = identity ?? connection.identity
        connection.identity?.expiresAt = identity?.expiresAt ?? session.state.secretEnd
        connection.state = .active
        connection.configVersion = connector.flow.config.version
        connection.allowedHosts = session.state.allowedHosts
        connection.activatedAt = connection.activatedAt ?? surroundings.now()
        connection.lastSetup = FinishedSetup(
            session, updated: existing != nil, credential: machine(of: connector).credential(in: session.state)?.label,
            at: surroundings.now())
        return connection
    }

    private static var vanished: MaxError {
        MaxError(.connectionNotFound, "The connection this setup was for has been erased.", fix: "Add it as a new one.")
    }
}
