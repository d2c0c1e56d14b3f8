import MaxConnector
import MaxCore

/// What the loaders work with.
struct SampleContext: Sendable {
    let client: SampleClient
}

/// The plan: from the account to its items.
let sampleSeeder = Seeder<SampleContext> { _ in
    SyncPlan(root: Ref(SampleAccount.self, "me"), stages: [SyncPlan.Stage(SampleAccount.self, "items")])
}

/// Which call provides which field.
let sampleResolvers = [
    Resolver(SampleAccount.self, accountLoader, itemLoader),
    Resolver(SampleItem.self, itemLoader),
]

private let accountLoader = Loader<SampleContext>(
    "account", of: SampleAccount.self, provides: ["name"],
    .entity { id, context in
        Record(SampleAccount.self, id: id, ["name": .string(try await context.client.me().name)])
    })

private let itemLoader = Loader<SampleContext>(
    "items", of: SampleItem.self, provides: ["title", "status", "updatedAt"],
    .collection(.init(of: SampleAccount.self, "items")) { _, cursor, context in
        let page = try await context.client.items(from: cursor)
        return Page(page.items.map(\.record), next: page.next)
    })

extension SampleClient.Item {
    fileprivate var record: Record {
        Record(
            SampleItem.self, id: id,
            ["title": .string(title), "status": .string(status), "updatedAt": JSON(updatedAt)])
    }
}
