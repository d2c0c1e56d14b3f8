internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore

extension SQLiteStore {
    /// Adds connections that lead nowhere.
    func addConnections(_ count: Int) async throws {
        for number in 1...count {
            let name = "account-\(number)"
            try await addConnection(
                name, config: ["baseURL": .string("https://\(name).acme.test"), "workspaceID": "ws_1"])
        }
    }

    /// Adds a connection, to an Acme account unless something else is said, by way of a setup as every one comes to be.
    @discardableResult
    func addConnection(
        _ name: String, to connector: String = "acme", config: [String: JSON], allowing hosts: Set<String> = []
    ) async throws -> ConnectionID {
        let session = SetupSession(name, of: connector)
        try await insert(session)
        try await activate(
            Activation(
                session: session, connection: Connection(name, of: session, config: config, allowing: hosts),
                replaces: false,
                run: RequestedRun(id: RunID(in: .real), connection: session.connection, requestedAt: .now)))
        return session.connection
    }
}

extension SetupSession {
    fileprivate init(_ name: String, of connector: String) {
        self.init(
            id: SessionID(in: .real), connector: connector, purpose: .add, connection: ConnectionID(in: .real),
            name: name, createdAt: .now, expiresAt: .now.addingTimeInterval(Self.idleLifetime))
    }
}

extension Connection {
    fileprivate init(_ name: String, of session: SetupSession, config: [String: JSON], allowing hosts: Set<String>) {
        let label = "\(name)@acme.test"
        self.init(
            id: session.connection, connector: session.connector, slug: name, label: label,
            identity: Identity(id: name, label: label), state: .active, config: config, configVersion: 1,
            isSandbox: false, allowedHosts: hosts, createdAt: session.createdAt, activatedAt: .now)
    }
}
