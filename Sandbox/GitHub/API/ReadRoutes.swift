import HTTPTypes
import Hummingbird
import SandboxKit

/// The routes that show things one by one and in lists.
struct ReadRoutes: Sendable {
    func add(to group: RouterGroup<GitHubContext>) {
        group.get("user") { request, context in try user(request, context.admitted()) }
        group.get("user/repos") { request, context in try repositories(request, context.admitted()) }
        group.get("user/starred") { request, context in try stars(request, context.admitted()) }
        group.get("gists") { request, context in try gists(request, context.admitted()) }
        group.get("issues") { request, context in try allIssues(request, context.admitted()) }
        for (path, find) in RepositoryPath.all {
            group.get(RouterPath(path)) { request, context in
                let admission = try context.admitted()
                let repository = try find(context, admission)
                return Response(request, etag: admission.etag("repository", request)) {
                    admission.objects(request).write(repository, to: &$0)
                }
            }
            group.get(RouterPath(path + "/issues")) { request, context in
                let admission = try context.admitted()
                return try issues(of: find(context, admission), request, admission)
            }
            group.get(RouterPath(path + "/issues/comments")) { request, context in
                let admission = try context.admitted()
                return try comments(of: find(context, admission), request, admission)
            }
        }
    }

    private func user(_ request: Request, _ admission: GitHubContext.Admission) -> Response {
        let person = admission.state.people[admission.access.person]
        return Response(request, etag: admission.etag("user", request)) {
            admission.objects(request).write(whole: person, to: &$0)
        }
    }

    private func repositories(_ request: Request, _ admission: GitHubContext.Admission) -> Response {
        let own = admission.state.repositories(of: admission.access)
        return admission.list(own, request) { $0.write($1, to: &$2) }
    }

    private func stars(_ request: Request, _ admission: GitHubContext.Admission) -> Response {
        let isEmpty = admission.access.token.fault == .empty
        let all = isEmpty ? [] : admission.state.stars[admission.access.person]
        let stars = all.filter { admission.access.seesPrivateStars || !$0.repository.isPrivate }
        return admission.list(stars, request) { $0.write($1, to: &$2) }
    }

    private func gists(_ request: Request, _ admission: GitHubContext.Admission) -> Response {
        let isEmpty = admission.access.token.fault == .empty
        let gists = isEmpty ? [] : admission.state.gists[admission.access.person]
        return admission.list(gists, request) { $0.write($1, to: &$2) }
    }

    private func allIssues(_ request: Request, _ admission: GitHubContext.Admission) -> Response {
        let visible = admission.state.repositories(of: admission.access)
        let places = Dictionary(uniqueKeysWithValues: visible.map { ($0.id, $0) })
        let issues = visible.flatMap { admission.state.issues[$0.id] ?? [] }
        let order = IssueOrder(request)
        return admission.list(order.sorted(issues), request) { objects, issue, json in
            objects.write(issue, in: places[issue.repository], isNested: true, to: &json)
        }
    }

    private func issues(
        of repository: Repository, _ request: Request, _ admission: GitHubContext.Admission
    ) throws(GitHubProblem) -> Response {
        if admission.isFirst(repository) {
            switch admission.access.token.fault {
            case .issuesForbidden: throw .notAccessible
            case .issuesDisabled: throw .issuesDisabled
            default: break
            }
        }
        let issues = IssueOrder(request).sorted(admission.state.issues[repository.id] ?? [])
        return admission.list(issues, request) { $0.write($1, in: repository, isNested: false, to: &$2) }
    }

    private func comments(
        of repository: Repository, _ request: Request, _ admission: GitHubContext.Admission
    ) -> Response {
        let order = IssueOrder(request)
        let comments = order.sorted(admission.state.comments[repository.id] ?? [])
        return admission.list(comments, request) { $0.write($1, in: repository, to: &$2) }
    }
}

/// The two ways in which a path names a repository.
enum RepositoryPath {
    typealias Find = @Sendable (GitHubContext, GitHubContext.Admission) throws -> Repository

    static let all: [(path: String, find: Find)] = [
        ("repositories/:id", { try $1.repository($0.path("id")) }),
        ("repos/:owner/:name", { try $1.repository($0.path("owner"), $0.path("name")) }),
    ]
}

extension GitHubContext.Admission {
    /// Whether a repository is the first one that the token shows.
    func isFirst(_ repository: Repository) -> Bool { state.repositories(of: access).first?.id == repository.id }

    func objects(_ request: Request) -> ObjectWriter {
        ObjectWriter(state, api: "http://" + (request.head.authority ?? "localhost") + "/api/v3")
    }

    /// Makes the ETag of an address as it is answered to the token at hand.
    func etag(_ kind: String, _ request: Request) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let sight = "\(access.seesPrivate) \(access.seesPrivateStars)"
        for byte in "\(kind) \(access.person) \(sight) \(state.world.seed) \(request.uri.string)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return "\"" + Hex.text(hash, digits: 16) + Hex.text(UInt64(state.revision), digits: 8) + "\""
    }

    /// Answers with a page of a list, its links and its ETag.
    func list<Item>(
        _ items: [Item], _ request: Request,
        _ write: (_ objects: ObjectWriter, _ item: Item, _ json: inout JSONWriter) -> Void
    ) -> Response {
        let paging = Paging(request)
        let objects = objects(request)
        var response = Response(request, etag: etag("\(items.count)", request)) { json in
            json.array { json in
                for item in paging.part(of: items) { write(objects, item, &json) }
            }
        }
        response.headers[.link] = paging.link(total: items.count)
        return response
    }
}
