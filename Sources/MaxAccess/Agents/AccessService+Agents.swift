internal import Foundation
package import MaxHub

extension AccessService {
    /// The agent of a token; nil when there is none, or its time is over.
    package func agent(_ token: String) async throws -> Agent? {
        guard let token = AgentToken(token), var agent = try await rows.agent(token.digest) else { return nil }
        let now = surroundings.now()
        guard now < agent.expiresAt else { return nil }
        if now.timeIntervalSince(agent.usedAt ?? .distantPast) >= Self.noteInterval {
            // As with the owner's sessions: it may look around when nothing can be stored.
            try? await rows.noteAgent(agent.id, usedAt: now)
            agent.usedAt = now
        }
        return agent
    }

    /// The agents whose time is not over, the newest first.
    package func agents() async throws -> [Agent] {
        let now = surroundings.now()
        return try await rows.agents().filter { now < $0.expiresAt }
    }

    /// Takes an agent's token away.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    package func revoke(_ id: AgentID) async throws -> Bool { try await rows.removeAgent(id) }
}
