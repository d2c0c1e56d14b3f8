internal import AcmeSandbox
internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// The lists of a tenant, read by a bare HTTP client that keeps nothing of them.
struct AcmeLists: Sendable {
    private static let readers = 16
    let acme: AcmeAddress

    init(_ acme: AcmeAddress) { self.acme = acme }

    /// A page of a list.
    private struct Page: Decodable {
        let items: [Item]
        let nextCursor: String?

        struct Item: Decodable { let id: String }
        enum CodingKeys: String, CodingKey {
            case items
            case nextCursor = "next_cursor"
        }
    }

    /// Reads the people, the projects and the tasks of every workspace, page by page.
    func read() async throws {
        for workspace in try await ids("workspaces") {
            async let people = ids("workspaces/\(workspace)/users")
            var projects = try await ids("workspaces/\(workspace)/projects")[...]
            _ = try await people
            try await withThrowingTaskGroup { group in
                for project in projects.prefix(Self.readers) { group.addTask { try await readTasks(of: project) } }
                projects = projects.dropFirst(Self.readers)
                while try await group.next() != nil {
                    if let project = projects.popFirst() { group.addTask { try await readTasks(of: project) } }
                }
            }
        }
    }

    /// The id of the first workspace.
    func workspace() async throws -> String {
        guard let first = try await ids("workspaces").first else { throw URLError(.resourceUnavailable) }
        return first
    }

    /// The number of this request among all that ever reached the sandbox.
    func number() async throws -> Int {
        let answer = try await answer("me")
        guard let id = answer.headers.first(name: "X-Request-Id"), let number = Int(id.dropFirst(4), radix: 16) else {
            throw URLError(.cannotParseResponse)
        }
        _ = try await answer.body.collect(upTo: 1 << 20)
        return number
    }

    private func readTasks(of project: String) async throws { _ = try await ids("projects/\(project)/tasks") }

    private func ids(_ path: String) async throws -> [String] {
        var (ids, place): ([String], String?) = ([], "")
        while let from = place {
            let answer = try await answer("\(path)?limit=200\(from)")
            let body = try await answer.body.collect(upTo: 1 << 24)
            let page = try JSONDecoder().decode(Page.self, from: Data(body.readableBytesView))
            ids += page.items.map(\.id)
            place = page.nextCursor.map { "&cursor=\($0)" }
        }
        return ids
    }

    private func answer(_ path: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "\(acme.url)/api/v1/\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(acme.key)")
        return try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    }
}
