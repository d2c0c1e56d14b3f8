extension Schema {
    /// The tables beside those of the entities: their catalog, edges, tombstones and the order of changes.
    static let records = ""
}
