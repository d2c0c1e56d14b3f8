import MaxConnector
import MaxCore
import Testing

struct SchemaReviewTests {
    @Test(arguments: ["", "book", "Book shelf", "Büch", "_Book", "1Book", "B" + String(repeating: "o", count: 63)])
    func `refuses an entity that no table can be named after`(name: String) async {
        enum Odd: Entity {
            @TaskLocal static var name = ""
            static var definition: EntityDef { EntityDef(name) { Field.string("title") } }
        }
        let mistakes = await Odd.$name.withValue(name) { await told(shelf(with: Odd.self)) }
        #expect(mistakes.contains { $0.contains("cannot name an entity") })
    }

    @Test(arguments: ["", "Title", "is_open", "größe", "_row", "9th", "t" + String(repeating: "o", count: 63)])
    func `refuses a field that no column can be named after`(name: String) async {
        let mistakes = await told(fields: .string(name))
        #expect(mistakes.contains { $0.hasPrefix("Odd's field") && $0.contains("small letter") })
    }

    @Test(arguments: ["id", "iD", "rowid"])
    func `refuses a field with a name that every record uses`(name: String) async {
        let mistakes = await told(fields: .string(name))
        #expect(mistakes.contains("Odd's field “\(name)” has a name that every record uses already"))
    }

    @Test func `refuses a text field with a name that full-text search uses, and no other field with it`() async {
        #expect(await told(fields: .string("rank", .text)).contains { $0.hasPrefix("Odd's field “rank”") })
        #expect(await !told(fields: .integer("rank")).contains { $0.hasPrefix("Odd's field “rank”") })
    }

    @Test func `refuses names that differ by case only`() async {
        enum Twin: Entity { static let definition = EntityDef("BOOK") { Field.string("title") } }
        let schema = ConnectorSchema(
            namespace: "shelf", entities: [Author.self, Book.self, Twin.self], roots: [Author.self])
        #expect(
            await told(connector(schema: schema, flow: soundFlow)).contains(
                "the entities BOOK and Book differ by case only"))
        #expect(
            await told(fields: .string("dueAt"), .string("dueat")).contains(
                "the fields dueAt and dueat of Odd differ by case only"))
    }

    @Test func `refuses a former name that is still in use, or was two fields'`() async {
        let mistakes = await told(
            fields: .string("title", .formerly("name")), .string("name"), .string("label", .formerly("tag")),
            .string("mark", .formerly("tag")))
        #expect(mistakes.contains("Odd.name is also a former name"))
        #expect(mistakes.contains("Odd has two fields that were formerly tag"))
    }

    @Test func `refuses loaders that no collection can use`() async {
        enum Stray: Entity { static let definition = EntityDef("Stray") { Field.string("title") } }
        let loaders: [Loader<Void>] = [
            Loader("feed", of: Stray.self, provides: [], .source { _, _, _ in SourcePage(records: []) }),
            Loader(
                "named", of: Book.self, provides: [],
                .collection(.init(of: Author.self, "name")) { _, _, _ in Page([]) }),
            Loader(
                "lost", of: Book.self, provides: [], .collection(.init(of: Stray.self, "books")) { _, _, _ in Page([]) }
            ),
            Loader(
                "wrong", of: Author.self, provides: [],
                .collection(.init(of: Author.self, "books")) { _, _, _ in Page([]) }),
            Loader("whole", of: Author.self, provides: ["books"], .entity { _, _ in nil }),
            Loader("none", of: Book.self, provides: [], .batch(limit: 0) { _, _ in Batch(found: []) }),
            Loader("books", of: Book.self, provides: ["title"], .entity { _, _ in nil }),
        ]
        let resolvers = soundResolvers + loaders.map { Resolver<Void>(Author.self, $0) }
        #expect(
            Set(await told(connector(flow: soundFlow, resolvers: resolvers))) == [
                "the loader feed is for Stray, which is not in the schema",
                "the loader named pages through Author.name, which is no collection",
                "the loader lost pages through the children of Stray, which is not in the schema",
                "the loader wrong gives Author for Author.books, whose children are Book",
                "the loader whole provides Author.books, which only a loader of shape collection can",
                "the loader none takes 0 records at once", "two loaders are named books",
            ])
    }

    @Test func `tells what a plan and its loaders do not agree on`() throws {
        let unsound = try plan(
            Ref(Book.self, "1"), [.init(Author.self, "books"), .init(Author.self, "friends")],
            [.init(of: Author.self, "books", covers: [Book.self, Author.self])])
        #expect(
            unsound == [
                "the plan begins at Book, which is no root of the schema",
                "the plan gathers Author.books, and no stage before that gives any Author",
                "the plan gathers Author.friends, which no loader pages through",
                "the feed “Reading what changed” is read by books, which is no loader of shape source",
                "the feed “Reading what changed” is one of Author, which no stage gives",
                "the feed “Reading what changed” covers Author, which no stage gives",
            ])
        #expect(try plan(Ref(Author.self, "1"), [.init(Author.self, "books")], []) == [])
    }

    private func plan(_ root: Ref, _ stages: [SyncPlan.Stage], _ feeds: [SyncPlan.Feed]) throws -> [String] {
        let plan = SyncPlan(root: root, stages: stages, feeds: feeds)
        let def = ConnectorDef(
            name: "shelf", displayName: "Shelf", description: "Books", icon: soundIcon, version: "1",
            collects: ["books"], egress: .nowhere, schema: soundSchema, onboarding: OnboardingFlow<NoConfig> {},
            seeder: Seeder<Void> { _ in plan }, resolvers: soundResolvers)
        let module = ConnectorModule(def) { _, _, _ in Installation(context: ()) }
        return try module.install([:], version: 1, CredentialProvider(MemoryCredentials()), NoUpstream())
            .planMistakes.map(\.sentence)
    }

    private func told(_ connector: any Connector) async -> [String] { await connector.mistakes().map(\.sentence) }

    /// What is told of a schema with one more entity, of those fields.
    private func told(fields: Field...) async -> [String] {
        enum Odd: Entity {
            @TaskLocal static var fields: [Field] = []
            static var definition: EntityDef { EntityDef("Odd", fields: { return fields }) }
        }
        return await Odd.$fields.withValue(fields) { await told(shelf(with: Odd.self)) }
    }

    private func shelf(with entity: any Entity.Type) -> any Connector {
        let schema = ConnectorSchema(
            namespace: "shelf", entities: [Author.self, Book.self, entity], roots: [Author.self])
        return connector(schema: schema, flow: soundFlow)
    }
}

/// A way to nobody.
private struct NoUpstream: Upstream {
    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        throw CancellationError()
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        throw CancellationError()
    }
}
