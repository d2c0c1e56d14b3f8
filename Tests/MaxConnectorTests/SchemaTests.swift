import MaxConnector
import MaxCore
import Testing

struct SchemaTests {
    @Test func `prints itself with its size`() {
        #expect("\(soundSchema)" == "ConnectorSchema(shelf, 2 entities)")
        #expect("\(Book.definition)" == "EntityDef(Book, 2 fields)")
    }

    @Test func `finds a definition by its name`() {
        #expect(soundSchema.getDefinition("Book")?.fields.map(\.name) == ["title", "author"])
        #expect(soundSchema.getDefinition("book") == nil)
        #expect(soundSchema.entityTypes == ["Author", "Book"])
    }

    @Test func `lists references and collections as relationships`() {
        let spelled = soundSchema.relationships.map { "\($0.from).\($0.field) \($0.cardinality) \($0.to)" }
        #expect(spelled == ["Author.books many Book", "Book.author one Author"])
    }

    @Test func `asks the first loader that provides a field`() {
        let first = Loader<Void>("first", of: Book.self, provides: ["title"], .entity { _, _ in nil })
        let second = Loader<Void>("second", of: Book.self, provides: ["title", "author"], .entity { _, _ in nil })
        let resolver = Resolver(Book.self, first, second)
        #expect(resolver.loader(for: "title")?.name == "first")
        #expect(resolver.loader(for: "author")?.name == "second")
        #expect(resolver.loader(for: "pages") == nil)
        #expect(Resolver<Void>(Author.self, .books).loader(for: "books")?.name == "books")
    }
}
