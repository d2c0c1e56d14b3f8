/// The unguessable name of an owner's session, such as `own_4k…`; it is no token and opens nothing.
package struct OwnerSessionID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "own_" + surroundings.word() }
}

/// The unguessable name of an agent, such as `agt_4k…`; it is no token and opens nothing.
package struct AgentID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "agt_" + surroundings.word() }
}
