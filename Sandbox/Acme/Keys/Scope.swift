/// What a key may do.
enum Scope: String, Sendable, CaseIterable {
    case readWorkspaces = "read:workspaces"
    case readUsers = "read:users"
    case readProjects = "read:projects"
    case readTasks = "read:tasks"
    case readFiles = "read:files"
    case writeUsers = "write:users"
    case writeProjects = "write:projects"
    case writeTasks = "write:tasks"
    case manageWebhooks = "manage:webhooks"

    var isReading: Bool { rawValue.hasPrefix("read:") }

    static func reading(_ kind: EntityKind) -> Scope {
        switch kind {
        case .workspace: .readWorkspaces
        case .user: .readUsers
        case .project: .readProjects
        case .task: .readTasks
        case .file: .readFiles
        }
    }

    /// The scope for changing things of a kind; nil where the API changes none.
    static func writing(_ kind: EntityKind) -> Scope? {
        switch kind {
        case .user: .writeUsers
        case .project: .writeProjects
        case .task: .writeTasks
        case .workspace, .file: nil
        }
    }
}
