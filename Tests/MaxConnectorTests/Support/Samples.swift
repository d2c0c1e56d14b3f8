import Foundation
import MaxConnector
import MaxCore
import Synchronization

enum Book: Entity {
    static let definition = EntityDef("Book") {
        Field.string("title", .title)
        Field.ref("author", to: Author.self)
    }
}

enum Author: Entity {
    static let definition = EntityDef("Author") {
        Field.string("name", .title)
        Field.collection("books", of: Book.self)
    }
}

struct ShelfConfig: ConnectorConfig {
    var address: URL
    var shelf: String
}

enum ShelfCredentials {
    static let token = Credential.string("token", label: "Token")
}

let soundFlow = OnboardingFlow<ShelfConfig> {
    InputStep("Where") { Input(\.address, "Address") }
    InputStep("Token") { draft in Secret(ShelfCredentials.token, help: try draft.address / "keys") }
    SelectStep(\.shelf, "Shelf") { _, _ in [] }
}

let soundSchema = ConnectorSchema(namespace: "shelf", entities: [Author.self, Book.self], roots: [Author.self])

let soundResolvers = [
    Resolver<Void>(Author.self, Loader("authors", of: Author.self, provides: ["name"], .entity { _, _ in nil })),
    Resolver<Void>(Author.self, .books),
    Resolver<Void>(Book.self, .books),
]

extension Loader<Void> {
    /// The books of an author, with every field they have.
    static var books: Loader {
        Loader(
            "books", of: Book.self, provides: ["title", "author"],
            .collection(.init(of: Author.self, "books")) {
                _, _, _ in Page([])
            })
    }
}

let soundIcon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path d=\"M1 1\"/></svg>"

/// A connector that is sound but for what is given.
func connector<Config: ConnectorConfig>(
    name: String = "shelf", displayName: String = "Shelf", icon: String = soundIcon, collects: [String] = ["books"],
    egress: Egress = .hosts(["shelf.test"]), schema: ConnectorSchema = soundSchema,
    flow: OnboardingFlow<Config>, resolvers: [Resolver<Void>] = soundResolvers
) -> any Connector {
    let def = ConnectorDef(
        name: name, displayName: displayName, description: "Books", icon: icon, version: "1", collects: collects,
        egress: egress, schema: schema, onboarding: flow,
        seeder: Seeder<Void> { _ in SyncPlan(root: Ref(Author.self, "1"), stages: []) }, resolvers: resolvers)
    return ConnectorModule(def) { _, _, _ in Installation(context: ()) }
}

/// Secrets in memory, with a record of what was written in which order.
actor MemoryCredentials: CredentialStore {
    private var secrets: [String: String]
    private(set) var written: [String] = []
    private var claimed: Set<String> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ secrets: [String: String] = [:]) { self.secrets = secrets }

    func get(_ key: String) -> SecretValue? { secrets[key].map { SecretValue($0) } }
    func set(_ key: String, _ value: SecretValue) {
        secrets[key] = value.withText { $0 }
        written.append(key)
    }
    func has(_ key: String) -> Bool { secrets[key] != nil }
    func delete(_ key: String) { secrets[key] = nil }
    func keys() -> [String] { secrets.keys.sorted() }

    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        while !claimed.insert(key).inserted { await withCheckedContinuation { waiting.append($0) } }
        defer {
            claimed.remove(key)
            for waiter in waiting { waiter.resume() }
            waiting = []
        }
        return try await work()
    }

    func text(_ key: String) -> String? { secrets[key] }
}

/// A count that several tasks raise.
final class Counter: Sendable {
    private let count = Mutex(0)
    @discardableResult func raise() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
    var value: Int { count.withLock { $0 } }
}
