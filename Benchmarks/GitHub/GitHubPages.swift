internal import AsyncHTTPClient
internal import Foundation
internal import GitHubSandbox
internal import NIOCore
internal import NIOHTTP1

/// The pages of the double's issues, read by a bare HTTP client that keeps nothing of them.
struct GitHubPages: Sendable {
    private static let readers = 4
    let github: GitHubAddress

    init(_ github: GitHubAddress) { self.github = github }

    /// Reads every page of the first repository's issues, four at a time.
    func read() async throws {
        try await withThrowingTaskGroup { group in
            for reader in 1...Self.readers {
                group.addTask {
                    for page in stride(from: reader, through: 50, by: Self.readers) {
                        let path = "repositories/10000/issues?state=all&per_page=100&page=\(page)"
                        _ = try await answer(path).body.collect(upTo: 1 << 24)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// The number of this request among all that ever reached the double.
    func number() async throws -> Int {
        let answer = try await answer("user")
        _ = try await answer.body.collect(upTo: 1 << 20)
        let id = answer.headers.first(name: "X-GitHub-Request-Id") ?? ""
        guard let number = id.split(separator: ":").last.flatMap({ Int($0, radix: 16) }) else {
            throw URLError(.cannotParseResponse)
        }
        return number
    }

    private func answer(_ path: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "\(github.url)/api/v3/\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(github.token)")
        return try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    }
}
