import MaxCore

// What is collected. A collection field is an edge from parent to child, and edges are stored.

/// The owner's account, from which everything else is reached.
enum SampleAccount: Entity {
    static let definition = EntityDef("SampleAccount") {
        Field.string("name", .title)
        Field.collection("items", of: SampleItem.self)
    }
}

/// One thing that the owner keeps at Sample.
enum SampleItem: Entity {
    static let definition = EntityDef("SampleItem") {
        Field.string("title", .title)
        Field.string("status", .indexed)
        Field.date("updatedAt", .optional)
    }
}
