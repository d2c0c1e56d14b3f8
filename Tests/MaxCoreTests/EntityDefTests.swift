import MaxCore
import Testing

struct EntityDefTests {
    @Test func `tells the fields that a record carries itself from the collections it leads to`() {
        #expect(Album.definition.plainFields == ["title", "first"])
        #expect(Song.definition.plainFields == [])
    }
}

private enum Album: Entity {
    static let definition = EntityDef("Album") {
        Field.string("title", .title)
        Field.ref("first", to: Song.self, .optional)
        Field.collection("songs", of: Song.self)
    }
}

private enum Song: Entity {
    static let definition = EntityDef("Song") {
        Field.collection("covers", of: Song.self)
    }
}
