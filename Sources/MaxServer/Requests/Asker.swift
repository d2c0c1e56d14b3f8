package import MaxHub

/// Who asks.
///
/// Owner and agent are different kinds of people, whom no route takes for one another.
package enum Asker: Sendable {
    case nobody
    /// Somebody whose cookie or token is none, or is none any more.
    case stranger
    case owner(OwnerSession)
    case agent(Agent)
}

/// Somebody who may do what was asked: the owner, or an agent with the scope for it.
package enum Caller: Sendable {
    case owner(OwnerSession)
    case agent(Agent)

    /// Whether it is the owner.
    package var isOwner: Bool { if case .owner = self { true } else { false } }

    /// The id of the agent that it is; nil for the owner.
    package var agentID: AgentID? { if case .agent(let agent) = self { agent.id } else { nil } }
}
