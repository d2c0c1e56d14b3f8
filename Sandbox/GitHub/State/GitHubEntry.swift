import SandboxKit

/// One line of the journal: something that changed the world, and when.
struct GitHubEntry: Sendable, Codable {
    let at: Timestamp
    let event: Event

    /// What can change.
    enum Event: Sendable, Codable {
        case repositoryCreated(owner: Int, name: String)
        case repositoryDeleted(Int)
        case issueOpened(repository: Int, by: Int, title: String, body: String?)
        case issueEdited(repository: Int, number: Int, title: String?, body: String?, isOpen: Bool?)
        case commented(repository: Int, number: Int, by: Int, body: String)
        case commentEdited(repository: Int, id: Int, body: String)
        case starred(by: Int, repository: Int)
        case unstarred(by: Int, repository: Int)
        case gistCreated(by: Int, id: String, description: String?)
        case gistDeleted(id: String)
    }
}
