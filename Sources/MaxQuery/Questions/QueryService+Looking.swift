internal import MaxCore
internal import MaxHub

extension QueryService {
    /// What is known of an address: `Task/17`, or `work:Task/17` across connections.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `ref_invalid`, `ref_ambiguous` or `record_not_found`.
    package func record(_ ref: String) async throws -> RecordReply {
        guard let address = Ref(ref) else {
            throw MaxError(
                .refInvalid, "\(ref.quoted) is no address of a record.",
                fix: "Write the entity and the id, as in Task/17, and where several connections have it, work:Task/17.")
        }
        let scope = try Scope(address.word, among: try await connections.connections())
        let topic = try Topic(address.entity, of: scope, in: try await records.catalog())
        let local = Ref(topic.entity.name, address.id)
        var found: [(connection: Connection, record: FoundRecord)] = []
        for connection in topic.connections {
            if let record = try await records.record(local, of: connection.id) { found.append((connection, record)) }
        }
        return try Self.reply(found, local, topic.entity)
    }

    private static func reply(
        _ found: [(connection: Connection, record: FoundRecord)], _ ref: Ref, _ entity: StoredEntity
    ) throws(MaxError) -> RecordReply {
        let living = found.filter { $0.record.isPresent }
        let candidates = living.isEmpty ? found : living
        guard let only = candidates.first else {
            throw MaxError(.recordNotFound, "There is no \(entity.name) with the id \(ref.id.quoted).")
        }
        guard candidates.count == 1 else {
            let addresses = candidates.map { Ref(ref.entity, ref.id, in: .connection($0.connection.slug)).description }
            throw MaxError(
                .refAmbiguous, "\(candidates.count) connections have \(ref.description).",
                fix: "Choose one of: \(addresses.joined(separator: ", ")).")
        }
        switch only.record {
        case .present(let record, let children, let parents):
            return .present(
                QueriedRecord(record, of: only.connection), entity: entity, children: children,
                parents: parents.map { Ref($0.entity, $0.id, in: .connection(only.connection.slug)) })
        case .gone(let since, let last):
            return .gone(QueriedRecord(ref, of: only.connection, fields: last), entity: entity, since: since)
        }
    }

    /// What changed in a connection since an earlier reply.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when `since` is not one of that connection's.
    package func changes(_ request: ChangesRequest) async throws -> ChangesReply {
        let connection = try Scope.one(request.connection, among: try await connections.connections())
        let cursor = try ChangeCursor(request.since, of: connection.id)
        try Question.check(limit: request.limit)
        let found = try await records.changes(
            of: connection.id, after: cursor.sequence, limit: request.limit + 1)
        let changes = found.prefix(request.limit)
        let next = changes.last.map { ChangeCursor($0.sequence) } ?? cursor
        return ChangesReply(
            connection: connection.slug, changes: changes.map { QueriedChange($0, of: connection) },
            next: next.text(of: connection.id), hasMore: found.count > request.limit)
    }

    /// The entities that a connection, a connector or, without a scope, any connection has.
    package func schema(_ scope: String? = nil) async throws -> [SchemaReply] {
        let all = try await connections.connections()
        let meant = try scope.map { try Scope($0, among: all).connections } ?? all
        let connectors = Set(meant.map(\.connector))
        let slugs = Dictionary(meant.map { ($0.id, $0.slug) }) { first, _ in first }
        let tallies = try await records.tallies()
        return try await records.catalog().filter { connectors.contains($0.connector) }.map { entity in
            let own = tallies.filter { $0.entity == entity.name }
            let counts = own.compactMap { tally in slugs[tally.connection].map { ($0, tally.count) } }
            return SchemaReply(entity: entity, counts: Dictionary(counts) { $0 + $1 })
        }
    }
}

extension Ref {
    /// The connections in which to look: the one that it names, or all.
    fileprivate var word: String {
        if case .connection(let slug) = scope { slug } else { "all" }
    }
}

extension FoundRecord {
    fileprivate var isPresent: Bool {
        if case .present = self { true } else { false }
    }
}

extension QueriedChange {
    fileprivate init(_ change: RecordChange, of connection: Connection) {
        self =
            if let record = change.record {
                .changed(QueriedRecord(record, of: connection))
            } else {
                .gone(Ref(change.ref.entity, change.ref.id, in: .connection(connection.slug)))
            }
    }
}
