import BareClient
import SandboxKit

@testable import GitHubSandbox

/// A bare client of a GitHub.
struct GitHubProbe: Sendable {
    let port: Int
    var token: String?

    init(_ github: GitHubAddress, token: String? = nil) {
        port = github.port
        self.token = token ?? github.token
    }

    func get(_ path: String, _ headers: [String: String] = [:], most: Int = 8 << 20) async throws -> Answer {
        try await client.send("GET", "/api/v3/" + path, headers, most: most)
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        try await client.send("POST", "/api/v3/" + path, body: body)
    }

    var client: BareClient { BareClient(port, key: token) }

    /// The full name of the first repository.
    func firstRepository() async throws -> String {
        try await get("user/repos?per_page=1&sort=created&direction=asc").json.list.first?["full_name"].text ?? ""
    }

    /// Follows the links from page to page.
    func all(_ path: String) async throws -> [Answer] {
        var (pages, next): ([Answer], String?) = ([], path)
        while let path = next {
            let page = try await get(path)
            pages.append(page)
            next = page.links["next"]
        }
        return pages
    }
}

extension Answer {
    /// The paths that the `Link` header leads to, by relation.
    var links: [String: String] {
        var links: [String: String] = [:]
        for part in headers["link"]?.split(separator: ",") ?? [] {
            guard let found = part.firstMatch(of: #/<http:\/\/[^\/]+\/api\/v3\/([^>]+)>; rel="([a-z]+)"/#) else {
                continue
            }
            links[String(found.2)] = String(found.1)
        }
        return links
    }

    var message: String { get throws { try json["message"].text } }
}
