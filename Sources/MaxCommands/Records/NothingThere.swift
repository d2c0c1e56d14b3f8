internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// What is known of an entity of which a connection has no record: that there is none, or why that is not certain.
struct NothingThere {
    let entity: String
    /// The connections that were asked, by short name, each with what its syncs found.
    let findings: [(connection: String, emptiness: RunEnding.Emptiness)]

    /// A sentence for each connection.
    var lines: [StyledText] {
        findings.map { connection, emptiness in
            let place = findings.count > 1 ? " in \(connection)" : ""
            return switch emptiness {
            case .proven(let how): "No \(entity)\(place). \(how)"
            case .unproven(let why): "No \(entity)\(place), and that is not certain: \(why)"
            }
        }
    }

    /// The same for programs, by connection.
    var json: JSON {
        let members = findings.map { connection, emptiness in
            let body = EmptinessBody(emptiness)
            return (connection, JSON.object(["proven": .bool(body.proven), "words": .string(body.words)]))
        }
        return .object(Dictionary(members) { first, _ in first })
    }
}

extension Desk {
    /// Looks up what the newest sync that was about an entity says of there being none.
    ///
    /// - Parameter slugs: The connections, each of which has no record of it.
    func nothingThere(of entity: String, in slugs: [String]) async throws -> NothingThere {
        let store = try engines.requireStore()
        var findings: [(connection: String, emptiness: RunEnding.Emptiness)] = []
        for connection in try await rows.connections() where slugs.contains(connection.slug) {
            let runs = try await store.runs(of: connection.id, limit: 100)
            let told = runs.lazy.compactMap { $0.ending?.emptiness[entity] }.first
            findings.append((connection.slug, told ?? .unproven(why: "It was not collected yet.")))
        }
        return NothingThere(entity: entity, findings: findings)
    }
}
