internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// Everything a store holds, as one value; each mutating function keeps the rules of the schema.
struct MemoryRows: Sendable {
    private(set) var connections: [Connection] = []
    private(set) var sessions: [SetupSession] = []
    private(set) var keys: [WrappedDataKey] = []
    private(set) var secrets: [SealedSecret] = []
    private(set) var runs: [RequestedRun] = []
    private(set) var audit: [AuditEntry] = []
    private(set) var erased: Set<ConnectionID> = []
    private(set) var retiredMasterKeys: Set<String> = []
    var access = MemoryAccess()
    var refusals: [MemoryRefusal] = []
}

extension MemoryRows {
    /// Stores a connection in place of the one with its id, if there is one.
    mutating func put(_ connection: Connection) throws {
        try refuseErased(connection.id)
        let others = connections.filter { $0.id != connection.id }
        guard !others.contains(where: { $0.slug == connection.slug }) else { throw MaxError.nameTaken }
        guard !others.contains(where: { $0.hasAccount(of: connection) }) else { throw MaxError.accountTaken }
        if let place = connections.firstIndex(where: { $0.id == connection.id }) {
            connections[place] = connection
        } else {
            connections.append(connection)
        }
    }

    /// Deletes a connection's secrets, setups and runs, and the connection itself when it is to be erased.
    mutating func clear(_ id: ConnectionID, erasing: Bool) {
        secrets.removeAll { $0.connection == id }
        keys.removeAll { $0.connection == id }
        sessions.removeAll { $0.connection == id }
        runs.removeAll { $0.connection == id }
        guard erasing else { return }
        connections.removeAll { $0.id == id }
        erased.insert(id)
    }

    mutating func request(_ run: RequestedRun) throws {
        try refuseErased(run.connection)
        runs.append(run)
    }

    private func refuseErased(_ id: ConnectionID) throws {
        if erased.contains(id) { throw MaxError.connectionErased }
    }
}

extension MemoryRows {
    /// Stores a session in place of the one with its id, if there is one.
    mutating func put(_ session: SetupSession) throws {
        try refuseErased(session.connection)
        let others = sessions.filter { $0.id != session.id }
        guard !others.contains(where: { $0.connection == session.connection }) else { throw MaxError.setupUnderWay }
        if let place = sessions.firstIndex(where: { $0.id == session.id }) {
            sessions[place] = session
        } else {
            sessions.append(session)
        }
    }

    /// The connection of a session that is still at that revision.
    func connection(of session: SessionID, at revision: Int) throws -> ConnectionID {
        guard let stored = sessions.first(where: { $0.id == session }) else { throw MaxError.setupEnded }
        guard stored.revision == revision else { throw MaxError.revisionStale }
        return stored.connection
    }

    mutating func removeSession(_ id: SessionID) {
        sessions.removeAll { $0.id == id }
    }
}

extension MemoryRows {
    mutating func put(_ sealed: FreshlySealed) throws {
        if let key = sealed.newKey { try put(key) }
        try put(sealed.secret)
        note([sealed.line].compactMap(\.self))
    }

    mutating func put(_ key: WrappedDataKey) throws {
        try refuseErased(key.connection)
        guard !retiredMasterKeys.contains(key.masterKey) else { throw MaxError.masterKeyRetired }
        if !keys.contains(where: { $0.id == key.id }) { keys.append(key) }
    }

    /// - Returns: False, with nothing changed, when a data key needs one of them.
    mutating func retire(_ masterKeys: Set<String>) -> Bool {
        guard !keys.contains(where: { masterKeys.contains($0.masterKey) }) else { return false }
        retiredMasterKeys.formUnion(masterKeys)
        return true
    }

    mutating func put(_ secret: SealedSecret) throws {
        try refuseErased(secret.connection)
        let isRevoked = connections.contains { $0.id == secret.connection && $0.state == .revoked }
        guard !isRevoked || secret.stage == .staged else { throw MaxError.connectionRevoked }
        guard keys.contains(where: { $0.id == secret.dataKey && $0.connection == secret.connection }) else {
            throw MaxError.dataKeyGone
        }
        removeSecret(secret.field, of: secret.connection, stage: secret.stage)
        secrets.append(secret)
    }

    mutating func removeSecret(_ field: String, of connection: ConnectionID, stage: SecretStage) {
        secrets.removeAll { $0.connection == connection && $0.field == field && $0.stage == stage }
    }

    /// Deletes what a setup staged, and every secret of a connection that never came to be.
    mutating func removeStaged(of connection: ConnectionID) {
        let exists = connections.contains { $0.id == connection }
        secrets.removeAll { $0.connection == connection && ($0.stage == .staged || !exists) }
        removeUnusedKeys(of: connection)
    }

    mutating func removeUnusedKeys(of connection: ConnectionID, except kept: String? = nil) {
        let used = Set(secrets.map(\.dataKey))
        keys.removeAll { $0.connection == connection && $0.id != kept && !used.contains($0.id) }
    }

    /// Puts staged secrets in the place of those in force.
    mutating func putStagedInForce(of connection: ConnectionID) throws {
        for var secret in secrets where secret.connection == connection && secret.stage == .staged {
            removeSecret(secret.field, of: connection, stage: .staged)
            secret.stage = .active
            try put(secret)
        }
    }

    mutating func note(_ entries: [AuditEntry]) {
        audit = (audit + entries).suffix(auditLimit)
    }
}

extension Connection {
    fileprivate func hasAccount(of other: Connection) -> Bool {
        identity != nil && connector == other.connector && isSandbox == other.isSandbox
            && identity?.id == other.identity?.id
    }
}
