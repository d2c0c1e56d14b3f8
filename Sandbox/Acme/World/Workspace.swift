import SandboxKit

/// A workspace of the tenant; the API cannot change it.
struct Workspace: Entity {
    static let kind = EntityKind.workspace
    static var shelf: WritableKeyPath<TenantState, Shelf<Workspace>> { \.workspaces }

    let index: Int
    let name: String
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// A workspace belongs to the tenant, which is one.
    var parent: Int { 0 }

    static func count(in world: World) -> Int { max(world.size.workspaces, World.manyWorkspaces) }
    static func places(under parent: Int, in world: World) -> Range<Int> { 0..<world.size.workspaces }

    init(_ index: Int, in world: World) {
        var dice = world.dice(.workspace, index)
        self.index = index
        let base = dice.pick(WordList.plants) + " " + dice.pick(WordList.teams)
        name = index < 3 ? base : base + " \(index + 1)"
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (700 + dice.below(30)) * Timestamp.day)
        updatedAt = Timestamp(createdAt.seconds + dice.below(600 * Timestamp.day))
    }

    func workspace(in tenant: TenantState) -> Int { index }

    func fields(in world: World) -> [JSONField] {
        [
            JSONField("id", id(in: world)), JSONField("name", name), JSONField("created_at", createdAt),
            JSONField("updated_at", updatedAt),
        ]
    }
}
