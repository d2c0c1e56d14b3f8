package import Foundation
internal import MaxCore
package import MaxHub

extension MemoryStore: SessionRows {
    package func sessions(at time: Date) async throws -> [SetupSession] {
        read { $0.sessions.filter { $0.expiresAt > time }.sorted { $0.createdAt < $1.createdAt }.reversed() }
    }

    package func session(_ id: SessionID) async throws -> SetupSession? {
        read { $0.sessions.first { $0.id == id } }
    }

    package func insert(_ session: SetupSession) async throws {
        try write { try $0.put(session) }
    }

    package func save(_ session: SetupSession, secrets: [FreshlySealed], dropping: Set<String>) async throws {
        try write { rows in
            let before = try rows.connection(of: session.id, at: session.revision - 1)
            try rows.put(session)
            if before != session.connection { rows.removeStaged(of: before) }
            for field in dropping { rows.removeSecret(field, of: session.connection, stage: .staged) }
            for sealed in secrets { try rows.put(sealed.staged) }
        }
    }

    package func activate(_ activation: Activation) async throws {
        try write { rows in
            let id = activation.connection.id
            let staged = try rows.connection(of: activation.session.id, at: activation.session.revision)
            rows.removeSession(activation.session.id)
            if staged != id { rows.removeStaged(of: staged) }
            guard !activation.replaces || rows.connections.contains(where: { $0.id == id }) else {
                throw MaxError.connectionNotFound(id)
            }
            try rows.put(activation.connection)
            try rows.putStagedInForce(of: id)
            try rows.request(activation.run)
        }
    }

    package func discard(_ id: SessionID) async throws {
        try discard { $0.id == id }
    }

    package func discardExpired(at time: Date) async throws {
        try discard { $0.expiresAt <= time }
    }

    private func discard(_ isMeant: (SetupSession) -> Bool) throws {
        try write { rows in
            for session in rows.sessions.filter(isMeant) {
                rows.removeSession(session.id)
                rows.removeStaged(of: session.connection)
            }
        }
    }
}
