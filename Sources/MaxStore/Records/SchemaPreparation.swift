internal import GRDB
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The making of a schema's tables, or the bringing of them into its present shape.
struct SchemaPreparation {
    private let connector: String
    private let shapes: [EntityShape]

    init(_ schema: ConnectorSchema, of connector: String) {
        self.init(schema.entities.map { EntityShape($0.definition, of: connector) }, of: connector)
    }

    init(_ shapes: [EntityShape], of connector: String) { (self.shapes, self.connector) = (shapes, connector) }

    /// Whether everything is as it should be.
    func isDone(in database: Database) throws -> Bool {
        let names = Set(shapes.map(\.entity.name))
        let stored = try EntityCatalog(database).all().filter { $0.connector == connector && names.contains($0.name) }
        return stored == shapes.map(\.entity)
    }

    /// Makes it so; what the schema has no more stays.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `entity_taken` or `entity_unusable`.
    func carryOut(in database: Database) throws {
        let catalog = EntityCatalog(database)
        for (position, shape) in shapes.enumerated() {
            let (entity, name) = (shape.entity, shape.entity.name)
            let stored = try catalog.namesake(of: name)
            if let stored, stored.connector != connector { throw MaxError.entityTaken(name, by: stored.connector) }
            if let stored, stored.name != name || shapes[..<position].contains(where: { $0.entity.name == name }) {
                throw MaxError.entityUnusable(name, because: "another entity is named \(stored.name.quoted)")
            }
            if stored != entity { try prepare(shape, from: stored, in: database) }
            try catalog.put(entity, at: position)
        }
    }

    private func prepare(_ shape: EntityShape, from stored: StoredEntity?, in database: Database) throws {
        try EntityReview(entity: shape.entity).check(in: database, besides: stored)
        if let stored {
            try EntityEvolution(from: stored, to: shape).carryOut(in: database)
        } else {
            let table = EntityTable(shape.entity)
            let all = [table.creation] + table.indexed.map(table.indexCreation(by:)) + table.textCreation
            for statement in all { try database.execute(sql: statement) }
        }
    }
}
