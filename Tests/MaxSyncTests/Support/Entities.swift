import MaxCore

enum Desk: Entity {
    static let definition = EntityDef("Desk") { Field.collection("shelves", of: Shelf.self) }
}

enum Shelf: Entity {
    static let definition = EntityDef("Shelf") {
        Field.string("name", .title)
        Field.collection("books", of: Book.self)
    }
}

enum Book: Entity {
    static let definition = EntityDef("Book") {
        Field.string("title", .title)
        Field.string("blurb", .optional)
        Field.collection("notes", of: Note.self)
    }
}

enum Note: Entity {
    static let definition = EntityDef("Note") { Field.string("text", .text) }
}
