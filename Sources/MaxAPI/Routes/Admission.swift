internal import MaxHub
internal import MaxServer

/// Who may ask.
enum Admission: Sendable, Hashable {
    /// Whoever reaches the server.
    case anyone
    /// The owner, or any agent.
    case known
    /// The owner alone.
    case owner
    /// The owner, or an agent with the scope.
    case scope(AgentScope)
    /// An agent with the scope, and nobody else.
    case agent(AgentScope)

    /// Finds out who asks.
    ///
    /// - Returns: Nil where nobody has to say.
    /// - Throws: ``MaxServer/Refusal`` with status 401 or 403.
    func admit(_ context: ServerContext) throws -> Caller? {
        switch self {
        case .anyone: return nil
        case .owner: return .owner(try context.requireOwner())
        case .scope(let scope): return try context.require(scope)
        case .agent(let scope): return .agent(try context.requireAgent(scope))
        case .known:
            if case .agent(let agent) = context.asker { return .agent(agent) }
            return .owner(try context.requireOwner())
        }
    }

    /// For the document.
    var sentence: String {
        switch self {
        case .anyone: "Anyone may ask."
        case .known: "For the owner, and for every agent."
        case .owner: "For the owner alone."
        case .scope(let scope): "For the owner, and for agents with the scope `\(scope.rawValue)`."
        case .agent(let scope): "For agents with the scope `\(scope.rawValue)`."
        }
    }
}
