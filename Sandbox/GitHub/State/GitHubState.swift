import SandboxKit

/// Everything there is at one moment: the world and what has happened to it.
struct GitHubState: JournaledState {
    let world: GitHubWorld
    let people: [Person]
    private(set) var repositories: [Repository]
    private(set) var issues: [Int: [Issue]]
    private(set) var comments: [Int: [Comment]]
    private(set) var stars: [[Star]]
    private(set) var gists: [[Gist]]
    /// How many changes there were.
    private(set) var revision = 0
    private var nextID = 9_000_000

    init(_ world: GitHubWorld) {
        self.world = world
        people = world.people
        repositories = world.repositories
        var issues = world.issues()
        comments = world.comments(on: issues)
        for (repository, comments) in comments {
            for comment in comments { issues[repository]?[comment.number - 1].comments += 1 }
        }
        self.issues = issues
        stars = people.map { world.stars(of: $0.index) }
        gists = people.map { world.gists(of: $0.index) }
    }

    /// The repositories a person can see, in the order they were made.
    func repositories(of access: Access) -> [Repository] {
        guard access.token.fault != .empty else { return [] }
        return repositories.filter { $0.members.contains(access.person) && (access.seesPrivate || !$0.isPrivate) }
    }

    /// The repository of an owner's name and its own, whether it is somebody's own or a starred one.
    func repository(_ owner: String, _ name: String) -> Repository? {
        (repositories + stars.joined().map(\.repository)).first {
            $0.name == name && people[$0.owner].login == owner
        }
    }
}

// What each line does; a line that does not fit changes nothing.

extension GitHubState {
    mutating func apply(_ entry: GitHubEntry) {
        revision += 1
        nextID += 1
        switch entry.event {
        case .repositoryCreated(let owner, let name):
            repositories.append(Repository(id: nextID, new: name, owner: owner, at: entry.at))
        case .repositoryDeleted(let id):
            repositories.removeAll { $0.id == id }
            (issues[id], comments[id]) = (nil, nil)
        case .issueOpened(let repository, let author, let title, let body):
            let number = (issues[repository]?.last?.number ?? 0) + 1
            issues[repository, default: []].append(
                Issue(
                    id: nextID, repository: repository, number: number, title: title, body: body, author: author,
                    at: entry.at))
        case .issueEdited(let repository, let number, let title, let body, let isOpen):
            edit(repository, number, at: entry.at) { issue in
                issue.title = title ?? issue.title
                issue.body = body ?? issue.body
                if let isOpen { issue.closedAt = isOpen ? nil : entry.at }
            }
        case .commented(let repository, let number, let author, let body):
            comments[repository, default: []].append(
                Comment(id: nextID, number: number, author: author, body: body, at: entry.at))
            edit(repository, number, at: entry.at) { $0.comments += 1 }
        case .commentEdited(let repository, let id, let body): edit(repository, comment: id, body, at: entry.at)
        case .starred(let person, let id):
            guard let repository = (repositories + stars.joined().map(\.repository)).first(where: { $0.id == id })
            else { return }
            stars[person].removeAll { $0.repository.id == id }
            stars[person].insert(Star(repository: repository, at: entry.at), at: 0)
        case .unstarred(let person, let id): stars[person].removeAll { $0.repository.id == id }
        case .gistCreated(let person, let id, let description):
            gists[person].insert(Gist(id: id, of: person, description: description, at: entry.at), at: 0)
        case .gistDeleted(let id):
            for person in gists.indices { gists[person].removeAll { $0.id == id } }
        }
    }

    private mutating func edit(
        _ repository: Int, _ number: Int, at moment: Timestamp, _ change: (inout Issue) -> Void
    ) {
        guard let place = issues[repository]?.firstIndex(where: { $0.number == number }) else { return }
        guard var issue = issues[repository]?[place] else { return }
        change(&issue)
        issue.updatedAt = max(issue.updatedAt, moment)
        issues[repository]?[place] = issue
    }

    private mutating func edit(_ repository: Int, comment id: Int, _ body: String, at moment: Timestamp) {
        guard let place = comments[repository]?.firstIndex(where: { $0.id == id }),
            var comment = comments[repository]?[place]
        else { return }
        (comment.body, comment.updatedAt) = (body, moment)
        comments[repository]?[place] = comment
        edit(repository, comment.number, at: moment) { _ in }
    }
}
