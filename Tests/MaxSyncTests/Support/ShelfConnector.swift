import Foundation
import MaxConnector
import MaxCore

/// How the connector for the provider in memory is built.
struct ShelfShape: Sendable {
    /// The entities that its feed covers; nil for none.
    var feed: Set<String>?
    /// Whether a book's blurb is read apart from the lists.
    var hasDetails = false
    /// Whether its plan names a collection that there is not.
    var plansNonsense = false
    /// What is to happen when the installation starts and stops.
    var start: @Sendable () async throws -> Void = {}
    var stop: @Sendable () async -> Void = {}
    /// Told of the config that it is assembled with.
    var onInstall: @Sendable (ShelfConfig) throws -> Void = { _ in }

    private var covered: [any Entity.Type] {
        [Book.self, Note.self].filter { feed?.contains($0.definition.name) == true }
    }

    /// The connector.
    func connector(_ provider: Provider) -> any Connector {
        let nonsense: [SyncPlan.Stage] = plansNonsense ? [.init(Shelf.self, "magazines")] : []
        let plan = SyncPlan(
            root: Ref(Desk.self, "desk"),
            stages: [
                .init(Desk.self, "shelves", title: "Reading the shelves"), .init(Shelf.self, "books"),
                .init(Book.self, "notes"),
            ] + nonsense, feeds: feed == nil ? [] : [.init(of: Shelf.self, "changes", covers: covered)])
        let def = ConnectorDef(
            name: "shelf", displayName: "Shelf", description: "Books", icon: "<svg></svg>", version: "1",
            collects: ["books"], egress: .hosts(["shelf.test"]),
            schema: ConnectorSchema(
                namespace: "shelf", entities: [Desk.self, Shelf.self, Book.self, Note.self], roots: [Desk.self]),
            onboarding: OnboardingFlow<ShelfConfig> {
                InputStep("Where") { Input(\.address, "Address") }
                InputStep("Token") { draft in Secret(.token, help: URL(string: try draft.address + "/keys")) }
            },
            seeder: Seeder<Provider> { _ in plan }, resolvers: resolvers)
        let (start, stop, onInstall) = (start, stop, onInstall)
        return ConnectorModule(def) { config, _, _ in
            try onInstall(config)
            return Installation(context: provider, start: start, stop: stop)
        }
    }

    private var resolvers: [Resolver<Provider>] {
        let hasDetails = hasDetails
        let shelves = Loader<Provider>(
            "shelves", of: Shelf.self, provides: ["name"],
            .collection(.init(of: Desk.self, "shelves")) { _, cursor, provider in try await provider.shelves(cursor) })
        let books = Loader<Provider>(
            "books", of: Book.self, provides: hasDetails ? ["title"] : ["title", "blurb"],
            .collection(.init(of: Shelf.self, "books")) { shelf, cursor, provider in
                try await provider.books(of: shelf, cursor, withBlurbs: !hasDetails)
            })
        let notes = Loader<Provider>(
            "notes", of: Note.self, provides: ["text"],
            .collection(.init(of: Book.self, "notes")) { book, cursor, provider in
                try await provider.notes(of: book, cursor)
            })
        let blurbs = Loader<Provider>(
            "blurbs", of: Book.self, provides: ["blurb"],
            .batch(limit: 2) { ids, provider in try await provider.blurbs(of: ids) })
        let covered = feed ?? []
        let changes = Loader<Provider>(
            "changes", of: Shelf.self, provides: [],
            .source { shelf, place, provider in
                try await provider.changes(of: shelf, since: place, covering: covered)
            })
        return [
            Resolver(Desk.self, shelves), Resolver(Shelf.self, shelves, books, changes),
            Resolver(Book.self, books, blurbs, notes), Resolver(Note.self, notes),
        ]
    }
}

extension Credential where Value == SecretValue {
    fileprivate static var token: Credential { .string("token", label: "Token") }
}

struct ShelfConfig: ConnectorConfig {
    var address: String
}
