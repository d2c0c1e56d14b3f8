internal import GRDB
internal import MaxCore
internal import MaxHub

/// The entities of a query, whose names alone become names in SQL.
struct QueryNames {
    private let catalog: [String: StoredEntity]

    init(_ database: Database) throws {
        catalog = Dictionary(try EntityCatalog(database).all().map { ($0.name, $0) }) { first, _ in first }
    }

    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown`.
    func entity(_ name: String) throws -> StoredEntity {
        guard let entity = catalog[name] else { throw MaxError.entityUnknown(name) }
        return entity
    }

    /// A column of a table that goes by another name, in quotation marks.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_unknown` when the entity has no such field.
    func column(_ field: String, of entity: StoredEntity, as alias: String) throws -> String {
        guard field == "id" || entity.field(field) != nil else {
            throw MaxError.entityUnknown("\(entity.name).\(field)")
        }
        return "\(alias).\(field.quotedName)"
    }

    /// The value at a path's end as an expression of the record `r`; null where a step leads nowhere.
    func value(at path: FieldPath, of entity: StoredEntity) throws -> String {
        guard let first = path.steps.first else { return try column(path.field, of: entity, as: "r") }
        var (place, alias) = (try self.entity(first.entity), "s1")
        var source = "\(EntityTable(place).name) AS s1"
        for (index, step) in path.steps.enumerated().dropFirst() {
            let (next, nextAlias) = (try self.entity(step.entity), "s\(index + 1)")
            source += """
                 JOIN \(EntityTable(next).name) AS \(nextAlias) ON \(nextAlias)._connection = \(alias)._connection \
                AND \(nextAlias).id = \(try column(step.field, of: place, as: alias))
                """
            (place, alias) = (next, nextAlias)
        }
        return """
            (SELECT \(try column(path.field, of: place, as: alias)) FROM \(source) \
            WHERE s1._connection = r._connection AND s1.id = \(try column(first.field, of: entity, as: "r")))
            """
    }
}
