internal import MaxCore
internal import MaxTerminal
internal import MaxWire

/// What is known of an entity of which connections have no record: that there is none, or why that is not certain.
struct NothingThere {
    let entity: String
    /// The connections that were asked, by short name, each with what its syncs found.
    let findings: [String: EmptinessBody]

    /// Nil where it is not in question.
    init?(_ entity: String, _ findings: [String: EmptinessBody]?) {
        guard let findings else { return nil }
        (self.entity, self.findings) = (entity, findings)
    }

    /// A sentence for each connection.
    var lines: [StyledText] {
        findings.sorted { $0.key < $1.key }.map { connection, emptiness in
            let place = findings.count > 1 ? " in \(connection)" : ""
            return emptiness.proven
                ? "No \(entity)\(place). \(emptiness.words)"
                : "No \(entity)\(place), and that is not certain: \(emptiness.words)"
        }
    }

    /// The same for programs, by connection.
    var json: JSON {
        .object(findings.mapValues { ["proven": .bool($0.proven), "words": .string($0.words)] })
    }
}
