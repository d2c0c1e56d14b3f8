extension APIContext.Admission {
    /// Refuses the list that the key's fault is about.
    func requireSoundList<Item: Entity>(_: Item.Type, under parent: Int) throws(APIProblem) {
        let isUsers = Item.kind == .user
        let isFirstTasks = Item.kind == .task && isFirst(project: parent)
        switch access.fault {
        case .usersForbidden where isUsers: throw .missing(.readUsers)
        case .tasksForbidden where isFirstTasks: throw .missing(.readTasks)
        case .tasksMissing where isFirstTasks: throw .notFound(.project, world.ids.id(.project, parent))
        case .tasksBroken where isFirstTasks: throw .internalError
        default: break
        }
    }

    /// Whether a project is the first one that its workspace began with.
    private func isFirst(project: Int) -> Bool {
        let workspace = tenant.workspace(ofProject: project)
        return Project.places(under: workspace, in: world).first == project
    }
}
