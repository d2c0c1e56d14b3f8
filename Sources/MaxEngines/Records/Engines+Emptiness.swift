internal import MaxHub
package import MaxWire

extension Engines {
    /// What the newest sync that was about an entity says of there being none, by short name of the connection.
    ///
    /// - Parameter slugs: The connections, each of which has no record of it.
    package func emptiness(of entity: String, in slugs: [String]) async throws -> [String: EmptinessBody] {
        let store = try requireStore()
        var findings: [String: EmptinessBody] = [:]
        for connection in try await rows.connections() where slugs.contains(connection.slug) {
            let runs = try await store.runs(of: connection.id, limit: 100)
            let told = runs.lazy.compactMap { $0.ending?.emptiness[entity] }.first
            findings[connection.slug] = EmptinessBody(told ?? .unproven(why: "It was not collected yet."))
        }
        return findings
    }
}
