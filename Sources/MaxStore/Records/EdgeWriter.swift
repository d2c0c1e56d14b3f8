internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// Stores which record has which children, for one connection, inside one write transaction.
///
/// An edge knows the page of the list it was last seen on, and the reading of the list that saw it.
final class EdgeWriter {
    private let connection: Int64
    private let database: Database
    private var relations: [Relation: Int64] = [:]

    private struct Relation: Hashable {
        let parent: String
        let field: String
        let child: String
    }

    init(of connection: Int64, in database: Database) { (self.connection, self.database) = (connection, database) }

    /// Notes the children of a page; one that the reading has seen on an earlier page stays there.
    ///
    /// - Returns: For each child, whether the reading had not seen it before.
    func link(
        _ listing: TaskStep.Listing, _ children: [String], page: Int, reading: Int64
    ) throws -> [Bool] {
        let relation = try relation(of: listing)
        let insertion = try RecordStatement(
            database,
            """
            INSERT INTO edge (relation, parent, child, page, listing) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (relation, parent, child) DO UPDATE SET page = excluded.page, listing = excluded.listing
            WHERE listing <> excluded.listing
            """)
        let (parent, page) = (RecordStatement.Value.text(listing.parent.id), Int64(page))
        return try children.map { child in
            try insertion.run(relation, parent, .text(child), .integer(page), .integer(reading)) > 0
        }
    }

    /// Notes where records are: each in the collections told for a field, and in no other collection of that field.
    ///
    /// An edge that a list has seen stays on its page; a new one is on none until a list sees it.
    func place(_ links: [SourcePage.Link], reading: Int64) throws {
        for places in Dictionary(grouping: links, by: Place.init).values {
            guard let listing = places.first?.listing, let child = places.first?.child.id else { continue }
            let (relation, parents) = try (self.relation(of: listing), ColumnText.of(json: places.map(\.parent.id)))
            try RecordStatement(
                database,
                """
                DELETE FROM edge WHERE relation = ? AND child = ?
                AND parent NOT IN (SELECT value FROM json_each(?))
                """
            ).run(relation, .text(child), .text(parents))
            let insertion = try RecordStatement(
                database,
                """
                INSERT INTO edge (relation, parent, child, page, listing) VALUES (?, ?, ?, -1, ?)
                ON CONFLICT (relation, parent, child) DO NOTHING
                """)
            for place in places {
                try insertion.run(relation, .text(place.parent.id), .text(child), .integer(reading))
            }
        }
    }

    /// The collections of one field that one record may be in.
    private struct Place: Hashable {
        let parent: String
        let field: String
        let child: Ref

        init(_ link: SourcePage.Link) { (parent, field, child) = (link.parent.entity, link.field, link.child) }
    }

    func confirm(_ listing: TaskStep.Listing, page: Int, reading: Int64) throws -> [String] {
        let place = try (relation(of: listing), RecordStatement.Value.text(listing.parent.id), Int64(page))
        try RecordStatement(database, "UPDATE edge SET listing = ? WHERE relation = ? AND parent = ? AND page = ?")
            .run(.integer(reading), place.0, place.1, .integer(place.2))
        return try RecordStatement(
            database, "SELECT child FROM edge WHERE relation = ? AND parent = ? AND page = ? ORDER BY child"
        ).all(place.0, place.1, .integer(place.2)) { $0.text(at: 0) ?? "" }
    }

    func close(_ listing: TaskStep.Listing, reading: Int64) throws {
        try RecordStatement(database, "DELETE FROM edge WHERE relation = ? AND parent = ? AND listing <> ?")
            .run(relation(of: listing), .text(listing.parent.id), .integer(reading))
    }

    /// The records that are in a record's lists.
    func children(of parent: Ref) throws -> [Ref] {
        try RecordStatement(
            database,
            """
            SELECT relation.child_entity, edge.child FROM relation JOIN edge ON edge.relation = relation.id
            WHERE relation.connection = ? AND relation.parent_entity = ? AND edge.parent = ?
            """
        ).all(.integer(connection), .text(parent.entity), .text(parent.id)) {
            Ref($0.text(at: 0) ?? "", $0.text(at: 1) ?? "")
        }
    }

    /// Whether any list has a record.
    func isListed(_ child: Ref) throws -> Bool {
        try RecordStatement(
            database,
            """
            SELECT 1 FROM edge WHERE child = ?
            AND relation IN (SELECT id FROM relation WHERE connection = ? AND child_entity = ?) LIMIT 1
            """
        ).first(.text(child.id), .integer(connection), .text(child.entity)) { _ in true } ?? false
    }

    /// The ids of the next records of an entity that are in no list, a bounded number of them.
    func unlisted(of entity: StoredEntity, after id: String) throws -> [String] {
        let table = EntityTable(entity).name
        return try RecordStatement(
            database,
            """
            SELECT id FROM \(table)
            WHERE _connection = ?1 AND id > ?2 AND NOT EXISTS (
                SELECT 1 FROM edge WHERE child = \(table).id
                AND relation IN (SELECT id FROM relation WHERE connection = ?1 AND child_entity = ?3)
            )
            ORDER BY id LIMIT 1000
            """
        ).all(.integer(connection), .text(id), .text(entity.name)) { $0.text(at: 0) ?? "" }
    }

    /// The number of the relation that a list is of, which is made when there is none.
    private func relation(of listing: TaskStep.Listing) throws -> RecordStatement.Value {
        let relation = Relation(parent: listing.parent.entity, field: listing.field, child: listing.children)
        if let known = relations[relation] { return .integer(known) }
        let names = [relation.parent, relation.field, relation.child].map(RecordStatement.Value.text)
        try RecordStatement(
            database,
            """
            INSERT INTO relation (connection, parent_entity, field, child_entity) VALUES (?, ?, ?, ?)
            ON CONFLICT (connection, parent_entity, field, child_entity) DO NOTHING
            """
        ).run(.integer(connection), names[0], names[1], names[2])
        let number =
            try RecordStatement(
                database,
                """
                SELECT id FROM relation
                WHERE connection = ? AND parent_entity = ? AND field = ? AND child_entity = ?
                """
            ).first(.integer(connection), names[0], names[1], names[2]) { $0.integer(at: 0) } ?? 0
        relations[relation] = number
        return .integer(number)
    }
}

extension SourcePage.Link {
    /// The list in which the child would be seen.
    fileprivate var listing: TaskStep.Listing {
        TaskStep.Listing(parent: parent, field: field, children: child.entity)
    }
}
