internal import MaxCore
internal import MaxHub

/// Everything that is stored of a connection at one moment, so that two can be compared.
struct Snapshot: Sendable, Equatable {
    private(set) var records: [Ref: Content] = [:]

    /// A record with its edges.
    struct Content: Sendable, Equatable {
        let fields: [String: JSON]
        let others: [String: JSON]
        let children: Set<EdgeGroup>
        let parents: Set<Ref>
    }

    /// Reads it.
    init(_ connection: ConnectionID, in rows: any RecordRows) async throws {
        var place: Int64 = 0
        while true {
            let changes = try await rows.changes(of: connection, after: place, limit: 1000)
            for ref in changes.filter({ $0.record != nil }).map(\.ref) {
                guard case .present(let record, let children, let parents)? = try await rows.record(ref, of: connection)
                else { continue }
                records[ref] = Content(
                    fields: record.fields, others: record.others, children: Set(children), parents: Set(parents))
            }
            guard let last = changes.last else { return }
            place = last.sequence
        }
    }

    /// The records of an entity.
    func records(of entity: String) -> [Ref: Content] { records.filter { $0.key.entity == entity } }

    /// What is different from another one, in a few words; nil when nothing is.
    func difference(from other: Snapshot) -> String? {
        let (own, others) = (Set(records.keys), Set(other.records.keys))
        let differing = own.intersection(others).filter { records[$0] != other.records[$0] }
        let parts = [
            ("missing", others.subtracting(own)), ("too many", own.subtracting(others)), ("another", differing),
        ]
        .filter { !$0.1.isEmpty }
        guard !parts.isEmpty else { return nil }
        return parts.map { word, refs in
            "\(refs.count) \(word), such as \(refs.map(\.description).min() ?? "")"
        }.joined(separator: "; ")
    }
}

extension JSON {
    /// Whether it is the same value, however a number is written.
    func isSame(as other: JSON) -> Bool {
        if let one = number, let another = other.number { return one == another }
        return self == other
    }
}
