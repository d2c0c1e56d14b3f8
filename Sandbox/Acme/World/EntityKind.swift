/// The kinds of thing a tenant holds, as the API names them.
enum EntityKind: String, Sendable, Codable, CaseIterable {
    case workspace, user, project, task, file

    /// What its ids begin with.
    var idPrefix: String {
        switch self {
        case .workspace: "wsp_"
        case .user: "usr_"
        case .project: "prj_"
        case .task: "tsk_"
        case .file: "fil_"
        }
    }

    /// What lists of it are called in paths and scopes.
    var plural: String { rawValue + "s" }
}
