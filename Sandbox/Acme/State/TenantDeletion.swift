import SandboxKit

// What goes with a thing that is deleted: a project's tasks, a task's files, a user's assignments.

extension TenantState {
    mutating func delete(_ kind: EntityKind, _ index: Int, _ entry: JournalEntry) {
        switch kind {
        case .user:
            guard let user = users.item(index, in: world) else { return }
            release(user, entry)
            remove(user, entry)
        case .project:
            guard let project = projects.item(index, in: world) else { return }
            for task in tasks.indexes(under: index, after: nil, limit: .max, in: world) { delete(.task, task, entry) }
            remove(project, entry)
        case .task:
            guard let task = tasks.item(index, in: world) else { return }
            for file in files.indexes(under: index, after: nil, limit: .max, in: world) {
                if let file = files.item(file, in: world) { remove(file, entry) }
            }
            remove(task, entry)
        case .workspace, .file: break
        }
    }

    private mutating func remove<Item: Entity>(_ item: Item, _ entry: JournalEntry) {
        record(item, .delete, entry)
        self[keyPath: Item.shelf].delete(item, sequence: sequence)
    }

    /// Takes a user off the projects and tasks of the workspace.
    private mutating func release(_ user: User, _ entry: JournalEntry) {
        let nobody = JSONValue.null
        for index in projects.indexes(under: user.workspace, after: nil, limit: .max, in: world) {
            if projects.item(index, in: world)?.owner == user.index {
                change(.project, index, ["owner_id": nobody], entry)
            }
            for task in tasks.indexes(under: index, after: nil, limit: .max, in: world)
            where tasks.item(task, in: world)?.assignee == user.index {
                change(.task, task, ["assignee_id": nobody], entry)
            }
        }
    }
}
