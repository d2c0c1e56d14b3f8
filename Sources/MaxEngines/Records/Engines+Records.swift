internal import MaxCore
internal import MaxHub
package import MaxQuery
package import MaxWire

extension Engines {
    /// A page of the records that fit a question; where there is none at all, what is known of that.
    package func records(_ request: SearchRequest) async throws -> RecordPageBody {
        let reply = try await query().search(request)
        let isBare = reply.records.isEmpty && request.after == nil && request.isUnconditional
        return RecordPageBody(
            reply.records.map(\.body), next: reply.next, entity: reply.entity.name, columns: reply.columns,
            connections: reply.connections,
            emptiness: isBare ? try await emptiness(of: reply.entity.name, in: reply.connections) : nil)
    }

    /// How many records fit a question; where there is none at all, what is known of that.
    package func count(_ request: CountRequest) async throws -> CountAnswerBody {
        let reply = try await query().count(request)
        let isBare = reply.count == 0 && request.isUnconditional
        let emptiness = isBare ? try await emptiness(of: reply.entity.name, in: reply.connections) : nil
        guard let field = reply.groupedBy else { return CountAnswerBody(count: reply.count, emptiness: emptiness) }
        let groups = reply.groups.map { CountAnswerBody.Group(value: $0.value ?? .null, count: $0.count) }
        return CountAnswerBody(
            count: reply.count, groups: groups, more: reply.isCut, by: field, emptiness: emptiness)
    }

    /// One record with its edges, or what it was when it is gone.
    package func record(_ ref: String) async throws -> RecordDetailBody {
        switch try await query().record(ref) {
        case .present(let record, _, let children, let parents):
            let edges = children.map { EdgeBody(field: $0.field, entity: $0.entity, count: $0.count, first: $0.first) }
            return RecordDetailBody(record.body, children: edges, parents: parents)
        case .gone(let record, _, let since): return RecordDetailBody(gone: record.body, since: since)
        }
    }

    /// What came, changed or went in a connection since an earlier answer.
    package func changes(_ request: ChangesRequest) async throws -> ChangesBody {
        let reply = try await query().changes(request)
        let changes = reply.changes.map { change in
            switch change {
            case .changed(let record): ChangeBody(changed: record.body)
            case .gone(let ref): ChangeBody(gone: ref)
            }
        }
        return ChangesBody(changes, next: reply.next, more: reply.hasMore)
    }
}

extension QueriedRecord {
    /// The record as it is sent.
    package var body: RecordBody { RecordBody(ref, of: connection, fields: fields, other: others) }
}
