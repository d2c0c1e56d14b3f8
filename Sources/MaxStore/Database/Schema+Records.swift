extension Schema {
    /// The tables beside those of the entities: their catalog, edges, tombstones and the order of changes.
    ///
    /// A connection has a number here, which is never given twice, so that each record needs eight bytes at most for it.
    static let records = """
        CREATE TABLE counter (
            name TEXT NOT NULL PRIMARY KEY CHECK (name IN ('change', 'connection')),
            value INTEGER NOT NULL CHECK (value >= 0)
        ) STRICT;

        ALTER TABLE connection ADD COLUMN number INTEGER;
        UPDATE connection SET number = rowid;
        CREATE UNIQUE INDEX connection_number ON connection (number);
        INSERT INTO counter VALUES
            ('change', 0), ('connection', (SELECT coalesce(max(number), 0) FROM connection));

        CREATE TABLE entity (
            name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
            connector TEXT NOT NULL,
            position INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE entity_field (
            entity TEXT NOT NULL COLLATE NOCASE REFERENCES entity (name) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN (
                'string', 'integer', 'decimal', 'boolean', 'date', 'url', 'json', 'ref', 'collection')),
            target TEXT,
            is_title INTEGER NOT NULL CHECK (is_title IN (0, 1)),
            is_text INTEGER NOT NULL CHECK (is_text IN (0, 1)),
            is_indexed INTEGER NOT NULL CHECK (is_indexed IN (0, 1)),
            PRIMARY KEY (entity, position),
            CHECK ((target IS NOT NULL) = (kind IN ('ref', 'collection')))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE record_tally (
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            entity TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (connection, entity)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gone_record (
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            entity TEXT NOT NULL,
            id TEXT NOT NULL,
            gone_at TEXT NOT NULL,
            change INTEGER NOT NULL,
            last TEXT NOT NULL CHECK (json_valid(last)),
            PRIMARY KEY (connection, entity, id)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX gone_record_by_change ON gone_record (connection, change);

        CREATE TABLE relation (
            id INTEGER PRIMARY KEY,
            connection INTEGER NOT NULL REFERENCES connection (number) ON DELETE CASCADE,
            parent_entity TEXT NOT NULL,
            field TEXT NOT NULL,
            child_entity TEXT NOT NULL,
            UNIQUE (connection, parent_entity, field, child_entity)
        ) STRICT;

        CREATE TABLE edge (
            relation INTEGER NOT NULL REFERENCES relation (id) ON DELETE CASCADE,
            parent TEXT NOT NULL,
            child TEXT NOT NULL,
            page INTEGER NOT NULL,
            listing INTEGER NOT NULL,
            PRIMARY KEY (relation, parent, child)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX edge_by_child ON edge (relation, child);
        CREATE INDEX edge_by_page ON edge (relation, parent, page);

        CREATE VIEW record_connection AS
            SELECT number, slug AS name, label, connector, account_label AS account FROM connection;

        CREATE VIEW record_edge AS
            SELECT connection.slug AS connection, relation.parent_entity, edge.parent AS parent_id, relation.field,
                relation.child_entity, edge.child AS child_id
            FROM edge
            JOIN relation ON relation.id = edge.relation
            JOIN connection ON connection.number = relation.connection;
        """
}
