import Foundation
import MaxConnector
import MaxCore

/// What Acme's loaders work with.
struct AcmeContext: Sendable {
    let client: AcmeClient
    /// The one workspace that is collected.
    let workspaceID: String
}

let acmeSeeder = Seeder<AcmeContext> { _ in
    SyncPlan(
        root: Ref(AcmeRoot.self, "acme"),
        stages: [
            .init(AcmeRoot.self, "workspaces", title: "Reading the workspace"),
            .init(AcmeWorkspace.self, "users", title: "Collecting people"),
            .init(AcmeWorkspace.self, "projects"),
            .init(AcmeProject.self, "tasks"),
        ],
        feeds: [
            .init(
                of: AcmeWorkspace.self, AcmeLoaders.changes.name,
                covers: [AcmeUser.self, AcmeProject.self, AcmeTask.self])
        ])
}

let acmeResolvers: [Resolver<AcmeContext>] = [
    Resolver(AcmeRoot.self, AcmeLoaders.chosenWorkspace),
    Resolver(
        AcmeWorkspace.self, AcmeLoaders.chosenWorkspace, AcmeLoaders.people, AcmeLoaders.projects,
        AcmeLoaders.changes),
    Resolver(AcmeUser.self, AcmeLoaders.people, AcmeLoaders.usersByID),
    Resolver(AcmeProject.self, AcmeLoaders.projects, AcmeLoaders.projectsByID, AcmeLoaders.tasks),
    Resolver(AcmeTask.self, AcmeLoaders.tasks, AcmeLoaders.tasksByID),
]

/// The ways to Acme's records.
enum AcmeLoaders {
    /// The one workspace the connection is for, whatever else the token sees.
    static let chosenWorkspace = Loader<AcmeContext>(
        "workspaces.chosen", of: AcmeWorkspace.self, provides: ["name", "createdAt", "updatedAt"],
        .collection(.init(of: AcmeRoot.self, "workspaces")) { _, _, context in
            let workspace: AcmeClient.Workspace = try await context.client.read(
                .workspaces, "workspaces/\(context.workspaceID)")
            return Page([workspace.record])
        })

    static let people = children(
        AcmeClient.User.self, of: AcmeWorkspace.self, "users", as: .users, entity: AcmeUser.self
    ) { "workspaces/\($0)/users" }
    static let projects = children(
        AcmeClient.Project.self, of: AcmeWorkspace.self, "projects", as: .projects, entity: AcmeProject.self
    ) { "workspaces/\($0)/projects" }
    static let tasks = children(
        AcmeClient.Task.self, of: AcmeProject.self, "tasks", as: .tasks, entity: AcmeTask.self
    ) { "projects/\($0)/tasks" }

    static let usersByID = byID(AcmeClient.User.self, entity: AcmeUser.self)
    static let projectsByID = byID(AcmeClient.Project.self, entity: AcmeProject.self)
    static let tasksByID = byID(AcmeClient.Task.self, entity: AcmeTask.self)

    /// A list of children, a page at a time.
    private static func children<Item: AcmeRecord>(
        _ item: Item.Type, of parent: any Entity.Type, _ field: String, as operation: UpstreamOperation,
        entity: any Entity.Type, at path: @escaping @Sendable (String) -> String
    ) -> Loader<AcmeContext> {
        Loader(
            "\(Item.type)s.list", of: entity, provides: entity.definition.plainFields,
            .collection(.init(of: parent, field)) { parent, cursor, context in
                let page: AcmeClient.List<Item> = try await context.client.list(operation, path(parent), from: cursor)
                return Page(page.items.map(\.record), next: page.nextCursor, total: page.total)
            })
    }

    /// Up to a hundred records at once.
    private static func byID<Item: AcmeRecord>(_ item: Item.Type, entity: any Entity.Type) -> Loader<AcmeContext> {
        Loader(
            "\(Item.type)s.batch", of: entity, provides: entity.definition.plainFields,
            .batch(limit: 100) { ids, context in
                let found: AcmeClient.Found<Item> = try await context.client.batch(Item.type, ids)
                return Batch(found: found.items.map(\.record), gone: found.missing)
            })
    }
}
