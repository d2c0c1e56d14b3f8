import Foundation
import MaxConnector
import MaxCore

@testable import GitHubConnector

/// A way to a GitHub that says what a test wants to be said.
struct ToldGitHub: Upstream {
    /// What is said at a path, given the question's query.
    let answer: @Sendable (_ path: String, _ query: String) -> (body: String, link: String)

    var client: GitHubClient {
        let token = CredentialHandle(name: "token", label: "Access token") { SecretValue("ghp_test") }
        var address = URLComponents()
        (address.scheme, address.host) = ("https", "api.github.com")
        return GitHubClient(site: GitHubSite(address.url ?? URL(filePath: "/")), token: token, upstream: self)
    }

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        let told = answer(request.url.path(), request.url.query() ?? "")
        return UpstreamResponse(status: 200, headers: [("Link", told.link)], body: Data(told.body.utf8))
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        throw Problem("no_line", .permanent, nil)
    }
}

extension Loader<GitHubClient> {
    /// Reads a few pages of what the loader reads, from a place on.
    ///
    /// - Returns: The place to go on from later, and how many records came.
    @discardableResult
    func pages(_ most: Int, of parent: String, from place: String? = nil, _ client: GitHubClient) async throws -> (
        resume: String?, records: Int
    ) {
        var (cursor, resume, records) = (place, place, 0)
        for _ in 0..<most {
            switch shape {
            case .collection(_, let load):
                let page = try await load(parent, cursor, client)
                (cursor, records) = (page.next, records + page.items.count)
            case .source(let load):
                let page = try await load(parent, cursor, client)
                (cursor, resume, records) = (page.next, page.resume ?? resume, records + page.records.count)
            case .entity, .batch: return (nil, 0)
            }
            if cursor == nil { break }
        }
        return (resume, records)
    }
}
