import SandboxKit

/// What the holder of a key may do, once the key has been looked at.
struct Access: Sendable {
    let entry: KeyRing.Entry
    let fault: AcmeFault?
    /// The key as it was presented, its fault included.
    let key: String

    var user: Int { entry.user }

    var scopes: [Scope] { entry.readOnly ? Scope.allCases.filter(\.isReading) : Scope.allCases }

    /// When the key stops working: in three days for an `_expires_soon` key, else never.
    var expiresAt: Timestamp? {
        fault == .expiresSoon ? Timestamp(Timestamp.now().seconds + 3 * Timestamp.day) : nil
    }

    /// The places of the workspaces the key shows.
    func workspaces(in world: World) -> Range<Int> {
        switch fault {
        case .empty: 0..<0
        case .one: 0..<1
        case .many: 0..<max(World.manyWorkspaces, world.size.workspaces)
        default: 0..<world.size.workspaces
        }
    }

    func require(_ scope: Scope) throws(APIProblem) {
        guard entry.readOnly == false || scope.isReading else { throw .missing(scope) }
    }
}

extension TenantState {
    /// Looks at the key in an `Authorization` header.
    func access(authorization: String?) throws(APIProblem) -> Access {
        guard let authorization else { throw .keyMissing }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .keyMissing }
        guard let key = AcmeKey(parts[1]), let entry = keys.entry(forKey: key.base) else { throw .keyUnknown }
        guard entry.revoked == false else { throw .keyRevoked }
        return Access(entry: entry, fault: key.fault, key: String(parts[1]))
    }
}
