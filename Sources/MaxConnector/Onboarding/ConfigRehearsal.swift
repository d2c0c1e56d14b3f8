internal import MaxCore

/// How rehearsed answers suited a config.
struct ConfigRehearsal: Sendable {
    /// Whether a question fills a property whose key path has no name.
    var nameless = false
    /// Properties the config needs and no step provides.
    var lacking: [String] = []
    /// Answers the config has no coding key for.
    var lost: [String] = []
    /// Answers of another type than the config's property.
    var unfit: [String] = []
}

extension ConfigShape {
    /// Decodes a config from rehearsed answers, with something made up for whatever it lacks, and looks for each
    /// answer in what would be stored.
    func rehearse(_ answers: [String: JSON], asked: Set<String>) -> ConfigRehearsal {
        var rehearsal = ConfigRehearsal()
        let named = answers.filter { !$0.key.hasPrefix("<computed") }
        var values = named
        rehearsal.nameless = named.count < answers.count
        var inventions: [String: ArraySlice<JSON>] = [:]
        while true {
            do {
                let stored = try decoded(DraftValues(values))
                rehearsal.lost = named.keys.filter { stored[$0] == nil }.sorted()
                return rehearsal
            } catch {
                guard let complaint = Complaint(error) else { return rehearsal }
                let name = complaint.name
                switch complaint.kind {
                case .absent: if values[name] == nil { rehearsal.lacking.append(name) }
                case .otherType: if asked.contains(name), inventions[name] == nil { rehearsal.unfit.append(name) }
                case .refused: break
                }
                var left = inventions[name] ?? Self.inventions[...]
                guard let next = left.popFirst() else { return rehearsal }
                inventions[name] = left
                values[name] = next
            }
        }
    }

    /// One value of every shape that a property may have.
    private static let inventions: [JSON] = ["https://example.invalid", 1, true, [], [:], "2000-01-01T00:00:00Z"]
}

/// Why decoding a config stopped, and at which of its properties.
private struct Complaint {
    let name: String
    let kind: Kind

    enum Kind {
        case absent
        case otherType
        case refused
    }

    init?(_ error: any Error) {
        let place: [any CodingKey]
        switch error {
        case let lack as UnansweredField:
            (name, kind) = (lack.name, .absent)
            return
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            (place, kind) = (context.codingPath, .otherType)
        case DecodingError.dataCorrupted(let context): (place, kind) = (context.codingPath, .refused)
        default: return nil
        }
        guard let property = place.first else { return nil }
        name = property.stringValue
    }
}
