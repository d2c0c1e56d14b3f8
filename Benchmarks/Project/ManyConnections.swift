internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore

extension SQLiteStore {
    /// Adds connections, each by way of a setup as every connection comes to be.
    func addConnections(_ count: Int) async throws {
        for number in 1...count {
            let session = SetupSession(number)
            try await insert(session)
            try await activate(
                Activation(
                    session: session, connection: Connection(number, of: session), replaces: false,
                    run: RequestedRun(id: RunID(in: .real), connection: session.connection, requestedAt: .now)))
        }
    }
}

extension SetupSession {
    fileprivate init(_ number: Int) {
        self.init(
            id: SessionID(in: .real), connector: "acme", purpose: .add, connection: ConnectionID(in: .real),
            name: "account-\(number)", createdAt: .now, expiresAt: .now.addingTimeInterval(Self.idleLifetime))
    }
}

extension Connection {
    fileprivate init(_ number: Int, of session: SetupSession) {
        self.init(
            id: session.connection, connector: session.connector, slug: "account-\(number)",
            label: "account-\(number)@acme.test",
            identity: Identity(id: "account-\(number)", label: "account-\(number)@acme.test"), state: .active,
            config: ["baseURL": .string("https://account-\(number).acme.test"), "workspaceID": "ws_1"],
            configVersion: 1,
            isSandbox: false, allowedHosts: [], createdAt: session.createdAt, activatedAt: .now)
    }
}
