import SandboxKit

// Finding things by id, and climbing from a thing to its workspace without computing what lies between.

extension TenantState {
    /// Finds what an id stands for, if it is there.
    func find<Item: Entity>(_: Item.Type, _ id: some StringProtocol) -> Item? {
        guard let index = world.ids.index(Item.kind, id) else { return nil }
        return self[keyPath: Item.shelf].item(index, in: world)
    }

    func workspace(ofProject index: Int) -> Int {
        if index < world.size.projects { return world.projectsOfWorkspaces.parent(of: index) }
        return projects.item(index, in: world)?.workspace ?? -1
    }

    func workspace(ofTask index: Int) -> Int {
        if index < world.size.tasks { return workspace(ofProject: world.tasksOfProjects.parent(of: index)) }
        return tasks.item(index, in: world).map { workspace(ofProject: $0.project) } ?? -1
    }
}
