package import Foundation
internal import MaxCore
package import MaxHub

extension MemoryStore: AgentRows {
    package func putGrant(
        _ grant: DeviceGrant, _ code: TokenDigest, seed: Data, atMost most: Int
    ) async throws -> Bool {
        try write { rows in
            let waiting = rows.access.grants.count { $0.grant.isWaiting(at: grant.requestedAt) }
            guard waiting < most else { throw MaxError.grantsFull }
            guard !rows.access.grants.contains(where: { $0.grant.userCode == grant.userCode }) else { return false }
            rows.access.grants.append(MemoryAccess.Request(code: code, seed: seed, grant: grant))
            return true
        }
    }

    package func grant(_ code: UserCode) async throws -> DeviceGrant? {
        read { $0.access.grants.first { $0.grant.userCode == code }?.grant }
    }

    package func grant(_ code: TokenDigest) async throws -> (grant: DeviceGrant, seed: Data)? {
        read { $0.access.grants.first { $0.code == code }.map { ($0.grant, $0.seed) } }
    }

    package func decide(
        _ verdict: DeviceGrant.Verdict, on code: UserCode, at time: Date
    ) async throws -> DeviceGrant? {
        try change {
            guard $0.grant.userCode == code, $0.grant.isWaiting(at: time) else { return false }
            $0.grant.state = .decided(verdict)
            return true
        }
    }

    package func notePoll(
        _ code: TokenDigest, since last: Date?, at time: Date, interval: Int
    ) async throws -> Bool {
        let noted = try change {
            guard $0.code == code, $0.grant.polledAt == last else { return false }
            $0.grant.polledAt = time
            $0.grant.interval = interval
            return true
        }
        return noted != nil
    }

    package func admit(_ agent: Agent, _ token: TokenDigest, by code: TokenDigest) async throws -> Bool {
        try write { rows in
            let place = rows.access.grants.firstIndex {
                guard case .decided(.approved) = $0.grant.state else { return false }
                return $0.code == code
            }
            guard let place else { return false }
            rows.access.grants[place].grant.state = .redeemed(agent.id, at: agent.createdAt)
            rows.access.agents.append((token, agent))
            return true
        }
    }

    /// Changes the first request that `edit` says yes to; nil when there is none.
    private func change(_ edit: (inout MemoryAccess.Request) -> Bool) throws -> DeviceGrant? {
        try write { rows in
            for place in rows.access.grants.indices where edit(&rows.access.grants[place]) {
                return rows.access.grants[place].grant
            }
            return nil
        }
    }
}

extension MemoryStore {
    package func agent(_ token: TokenDigest) async throws -> Agent? {
        read { $0.access.agents.first { $0.token == token }?.agent }
    }

    package func agents() async throws -> [Agent] {
        read { $0.access.agents.map(\.agent).sorted { $0.createdAt < $1.createdAt }.reversed() }
    }

    package func noteAgent(_ id: AgentID, usedAt time: Date) async throws {
        try write { rows in
            guard let place = rows.access.agents.firstIndex(where: { $0.agent.id == id }) else { return }
            rows.access.agents[place].agent.usedAt = time
        }
    }

    package func removeAgent(_ id: AgentID) async throws -> Bool {
        try write { $0.access.removeAgents { $0.id == id } }
    }
}
