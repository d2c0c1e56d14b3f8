import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import SandboxKit

/// The routes that create, change and delete things.
struct WriteRoutes: Sendable {
    let ledger: Ledger<GitHubState>

    private struct Body: Decodable {
        var name: String?
        var title: String?
        var body: String?
        var state: String?
        var description: String?
    }

    func add(to group: RouterGroup<GitHubContext>) {
        addIssues(to: group)
        addComments(to: group)
        addLists(to: group)
    }

    private func addIssues(to group: RouterGroup<GitHubContext>) {
        group.post("repos/:owner/:name/issues") { request, context in
            let (admission, repository, body) = try await read(request, context)
            guard let title = body.title, !title.isEmpty else { throw GitHubProblem.invalid("Issue", "title") }
            let after = try await commit(
                .issueOpened(repository: repository.id, by: admission.access.person, title: title, body: body.body))
            return try show(after.issues[repository.id]?.last?.number, repository, after, request, .created)
        }
        group.patch("repos/:owner/:name/issues/:number") { request, context in
            let (_, repository, body) = try await read(request, context)
            let number = try Int(context.path("number")) ?? 0
            let after = try await commit(
                .issueEdited(
                    repository: repository.id, number: number, title: body.title, body: body.body,
                    isOpen: body.state.map { $0 == "open" }))
            return try show(number, repository, after, request, .ok)
        }
    }

    private func addComments(to group: RouterGroup<GitHubContext>) {
        group.post("repos/:owner/:name/issues/:number/comments") { request, context in
            let (admission, repository, body) = try await read(request, context)
            let number = try Int(context.path("number")) ?? 0
            guard admission.state.issues[repository.id]?.contains(where: { $0.number == number }) == true else {
                throw GitHubProblem.notFound
            }
            guard let text = body.body, !text.isEmpty else { throw GitHubProblem.invalid("IssueComment", "body") }
            let after = try await commit(
                .commented(repository: repository.id, number: number, by: admission.access.person, body: text))
            return try show(after.comments[repository.id]?.last, repository, after, request, .created)
        }
        group.patch("repos/:owner/:name/issues/comments/:id") { request, context in
            let (_, repository, body) = try await read(request, context)
            let id = try Int(context.path("id")) ?? 0
            let after = try await commit(.commentEdited(repository: repository.id, id: id, body: body.body ?? ""))
            let comment = after.comments[repository.id]?.first { $0.id == id }
            return try show(comment, repository, after, request, .ok)
        }
    }

    private func addLists(to group: RouterGroup<GitHubContext>) {
        group.post("user/repos") { request, context in
            let admission = try context.admitted()
            guard let name = try await body(request, context).name else {
                throw GitHubProblem.invalid("Repository", "name")
            }
            let after = try await commit(.repositoryCreated(owner: admission.access.person, name: name))
            guard let made = after.repositories.last else { throw GitHubProblem.serverError }
            var json = JSONWriter()
            ObjectWriter(after, api: admission.objects(request).api).write(made, to: &json)
            return Response(status: .created, json: json)
        }
        group.delete("repos/:owner/:name") { _, context in
            let admission = try context.admitted()
            let repository = try admission.repository(context.path("owner"), context.path("name"))
            try await commit(.repositoryDeleted(repository.id))
            return Response(status: .noContent)
        }
        for (method, isStarred) in [(HTTPRequest.Method.put, true), (.delete, false)] {
            group.on("user/starred/:owner/:name", method: method) { _, context in
                let admission = try context.admitted()
                let path = try (context.path("owner"), context.path("name"))
                guard let repository = admission.state.repository(path.0, path.1) else { throw GitHubProblem.notFound }
                let person = admission.access.person
                try await commit(
                    isStarred
                        ? .starred(by: person, repository: repository.id)
                        : .unstarred(by: person, repository: repository.id))
                return Response(status: .noContent)
            }
        }
        group.delete("gists/:id") { _, context in
            _ = try context.admitted()
            try await commit(.gistDeleted(id: context.path("id")))
            return Response(status: .noContent)
        }
    }

    private func read(
        _ request: Request, _ context: GitHubContext
    ) async throws -> (GitHubContext.Admission, Repository, Body) {
        let admission = try context.admitted()
        let repository = try admission.repository(context.path("owner"), context.path("name"))
        return (admission, repository, try await body(request, context))
    }

    private func body(_ request: Request, _ context: GitHubContext) async throws -> Body {
        let bytes = try await request.body.collect(upTo: context.maxUploadSize)
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView)) else {
            throw GitHubProblem(status: .badRequest, message: "Problems parsing JSON")
        }
        return body
    }

    /// Lets something happen, off the threads that serve requests, and gives the state after it.
    @discardableResult
    private func commit(_ event: GitHubEntry.Event) async throws -> GitHubState {
        let ledger = ledger
        return try await NIOThreadPool.singleton.runIfActive {
            try ledger.commit { _ in GitHubEntry(at: .now(), event: event) }.after
        }
    }

    private func show(
        _ number: Int?, _ repository: Repository, _ state: GitHubState, _ request: Request,
        _ status: HTTPResponse.Status
    ) throws(GitHubProblem) -> Response {
        guard let issue = state.issues[repository.id]?.first(where: { $0.number == number }) else { throw .notFound }
        var json = JSONWriter()
        let api = "http://" + (request.head.authority ?? "localhost") + "/api/v3"
        ObjectWriter(state, api: api).write(issue, in: repository, isNested: false, to: &json)
        return Response(status: status, json: json)
    }

    private func show(
        _ comment: Comment?, _ repository: Repository, _ state: GitHubState, _ request: Request,
        _ status: HTTPResponse.Status
    ) throws(GitHubProblem) -> Response {
        guard let comment else { throw .notFound }
        var json = JSONWriter()
        let api = "http://" + (request.head.authority ?? "localhost") + "/api/v3"
        ObjectWriter(state, api: api).write(comment, in: repository, to: &json)
        return Response(status: status, json: json)
    }
}
