internal import HTTPTypes
package import MaxHub

extension ServerContext {
    /// The owner, signed in.
    ///
    /// - Throws: ``Refusal`` with status 401 when nobody is signed in, 403 when an agent asks.
    package func requireOwner() throws -> OwnerSession {
        switch asker {
        case .owner(let session): return session
        case .agent: throw Refusal.ownerOnly
        case .nobody: throw Refusal.signInNeeded
        case .stranger: throw Refusal.signedOut
        }
    }

    /// An agent with a scope.
    ///
    /// - Throws: ``Refusal`` with status 401 without a token, 403 without the scope or when the owner asks.
    package func requireAgent(_ scope: AgentScope) throws -> Agent {
        switch try require(scope) {
        case .agent(let agent): return agent
        case .owner: throw Refusal.agentOnly
        }
    }

    /// The owner, or an agent that may read.
    ///
    /// - Throws: As ``require(_:)``.
    package func requireReader() throws -> Caller { try require(.read) }

    /// The owner, or an agent with a scope.
    ///
    /// - Throws: ``Refusal`` with status 401 when nobody known asks, 403 when an agent lacks the scope.
    package func require(_ scope: AgentScope) throws -> Caller {
        switch asker {
        case .owner(let session): return .owner(session)
        case .agent(let agent) where agent.scopes.contains(scope): return .agent(agent)
        case .agent: throw Refusal.scopeMissing(scope)
        case .nobody: throw Refusal.signInNeeded
        case .stranger: throw Refusal.signedOut
        }
    }
}
