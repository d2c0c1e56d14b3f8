import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxStore

extension Site {
    /// Puts a connection into the store, with the run that its setup asks for.
    func connect(_ name: String) async throws {
        let now = Date()
        let id = ConnectionID(rawValue: "con_\(name)")
        let session = SetupSession(
            id: SessionID(rawValue: "set_\(name)"), connector: "shelf", purpose: .add, connection: id, name: nil,
            createdAt: now, expiresAt: now + 3600)
        let connection = Connection(
            id: id, connector: "shelf", slug: name, label: name, identity: Identity(id: name, label: name),
            state: .active, config: [:], configVersion: 1, isSandbox: false, allowedHosts: [], createdAt: now,
            activatedAt: now)
        try await store.insert(session)
        let run = RequestedRun(id: RunID(rawValue: "run_\(name)"), connection: id, requestedAt: now)
        try await store.activate(Activation(session: session, connection: connection, replaces: false, run: run))
    }
}
