package import Foundation
internal import MaxHub

/// Who may come in, as one value, in the order in which it came.
struct MemoryAccess: Sendable {
    var passphrase: StretchedPassphrase?
    var sessions: [(token: TokenDigest, session: OwnerSession)] = []
    var links: [Link] = []
    var agents: [(token: TokenDigest, agent: Agent)] = []
    var grants: [Request] = []

    /// A link; with a setup it leads there, without one to the choice of a passphrase.
    struct Link: Sendable {
        let token: TokenDigest
        let setup: SessionID?
        let until: Date
    }

    /// A request to be let in, with what its program alone knows.
    struct Request: Sendable {
        let code: TokenDigest
        let seed: Data
        var grant: DeviceGrant
    }
}

extension MemoryAccess {
    /// Uses a link up; nil when there is none at that time.
    mutating func useLink(_ token: TokenDigest, at time: Date) -> Link? {
        guard let place = links.firstIndex(where: { $0.token == token && time < $0.until }) else { return nil }
        return links.remove(at: place)
    }

    mutating func removeAgents(where isMeant: (Agent) -> Bool) -> Bool {
        let gone = agents.map(\.agent).filter(isMeant).map(\.id)
        agents.removeAll { gone.contains($0.agent.id) }
        grants.removeAll { request in
            if case .redeemed(let id, at: _) = request.grant.state { gone.contains(id) } else { false }
        }
        return !gone.isEmpty
    }
}

extension MemoryStore: AccessRows {
    package func sweepAccess(at time: Date) async throws {
        try write { rows in
            rows.access.sessions.removeAll { $0.session.expiresAt <= time }
            rows.access.links.removeAll { $0.until <= time }
            _ = rows.access.removeAgents { $0.expiresAt <= time }
            rows.access.grants.removeAll { $0.grant.expiresAt <= time - DeviceGrant.lifetime }
        }
    }
}
