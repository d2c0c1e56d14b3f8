/// The unguessable name of a connection, such as `con_4k…`.
package struct ConnectionID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "con_" + surroundings.word() }
}

/// The unguessable name of a setup session, such as `set_4k…`.
package struct SessionID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "set_" + surroundings.word() }
}

/// The unguessable name of a run, such as `run_4k…`.
package struct RunID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "run_" + surroundings.word() }
}
