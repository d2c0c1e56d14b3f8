internal import GRDB
internal import MaxCore
internal import MaxHub

/// The finding of single records of one connection, and of what leads from and to them.
struct RecordReading {
    private let database: Database
    private let connection: ConnectionID
    private let number: Int64

    /// How many children of a collection, and how many parents, are told.
    static let shown = (children: 5, parents: 100)

    /// Prepares to read; nil when there is no such connection.
    init?(_ database: Database, of connection: ConnectionID) throws {
        let number = try RecordStatement(database, "SELECT number FROM connection WHERE id = ?")
            .first(.text(connection.rawValue)) { $0.integer(at: 0) }
        guard let number else { return nil }
        (self.database, self.connection, self.number) = (database, connection, number)
    }

    /// What is known of an address; nil when nothing ever was.
    func record(_ ref: Ref) throws -> FoundRecord? {
        guard let entity = try EntityCatalog(database).entity(named: ref.entity) else { return nil }
        let columns = RecordColumns(of: entity)
        let content = try RecordStatement(
            database, "SELECT \(columns.sql) FROM \(EntityTable(entity).name) WHERE _connection = ? AND id = ?"
        ).first(.integer(number), .text(ref.id)) { columns.content(of: $0) }
        guard let content else { return try tombstone(of: ref) }
        return .present(
            StoredRecord(
                connection: connection, ref: Ref(ref.entity, ref.id), fields: content.fields, others: content.others),
            children: try children(of: ref), parents: try parents(of: ref))
    }

    private func tombstone(of ref: Ref) throws -> FoundRecord? {
        try RecordStatement(
            database, "SELECT gone_at, last FROM gone_record WHERE connection = ? AND entity = ? AND id = ?"
        ).first(.integer(number), .text(ref.entity), .text(ref.id)) { row in
            guard let since = row.text(at: 0).flatMap(ColumnText.time) else {
                throw DatabaseError.unreadable("gone_at")
            }
            return .gone(since: since, last: OtherFields.object(row.text(at: 1)))
        }
    }

    private func children(of ref: Ref) throws -> [EdgeGroup] {
        let relations = try RecordStatement(
            database,
            """
            SELECT relation.id, field, child_entity, count(*) FROM relation JOIN edge ON edge.relation = relation.id
            WHERE connection = ? AND parent_entity = ? AND parent = ? GROUP BY relation.id ORDER BY field, child_entity
            """
        ).all(.integer(number), .text(ref.entity), .text(ref.id)) {
            ($0.integer(at: 0), $0.text(at: 1) ?? "", $0.text(at: 2) ?? "", Int($0.integer(at: 3)))
        }
        let first = try RecordStatement(
            database,
            "SELECT child FROM edge WHERE relation = ? AND parent = ? ORDER BY child LIMIT \(Self.shown.children)")
        return try relations.map { relation, field, entity, count in
            let ids = try first.all(.integer(relation), .text(ref.id)) { $0.text(at: 0) ?? "" }
            return EdgeGroup(field: field, entity: entity, count: count, first: ids)
        }
    }

    private func parents(of ref: Ref) throws -> [Ref] {
        try RecordStatement(
            database,
            """
            SELECT parent_entity, parent FROM relation JOIN edge ON edge.relation = relation.id
            WHERE connection = ? AND child_entity = ? AND child = ?
            ORDER BY parent_entity, parent LIMIT \(Self.shown.parents)
            """
        ).all(.integer(number), .text(ref.entity), .text(ref.id)) { Ref($0.text(at: 0) ?? "", $0.text(at: 1) ?? "") }
    }
}
