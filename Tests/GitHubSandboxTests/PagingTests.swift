import BareClient
import SandboxKit
import Testing

@testable import GitHubSandbox

@Suite struct PagingTests {
    private static let size = GitHubSize(repositories: 1, issues: 95)

    @Test func `gives every issue exactly once along its links`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(size: Self.size)) { github in
            let probe = GitHubProbe(github)
            let pages = try await probe.all("repos/\(probe.firstRepository())/issues?state=all&per_page=30")
            #expect(try pages.map { try $0.json.list.count } == [30, 30, 30, 5])
            let numbers = try pages.flatMap { try $0.json.list.map { "\($0["number"])" } }
            #expect(Set(numbers).count == 95)
        }
    }

    @Test func `links each page to its neighbours and to both ends, with the question kept`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(size: Self.size)) { github in
            let probe = GitHubProbe(github)
            let path = try await "repos/\(probe.firstRepository())/issues"
            let first = try await probe.get(path + "?state=all&per_page=30").links
            #expect(Set(first.keys) == ["next", "last"])
            #expect(first["next"]?.contains("state=all") == true)
            let middle = try await probe.get(path + "?state=all&per_page=30&page=2").links
            #expect(Set(middle.keys) == ["prev", "next", "last", "first"])
            #expect(middle["last"]?.hasSuffix("page=4") == true)
            let last = try await probe.get(path + "?state=all&per_page=30&page=4").links
            #expect(Set(last.keys) == ["prev", "first"])
        }
    }

    @Test(arguments: [
        ("per_page=100", 95), ("per_page=1000", 95), ("", 30), ("per_page=0", 1), ("page=9&per_page=90", 0),
    ])
    func `has pages of one to a hundred things, and thirty unless asked`(query: String, count: Int) async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(size: Self.size)) { github in
            let probe = GitHubProbe(github)
            let page = try await probe.get("repos/\(probe.firstRepository())/issues?state=all&\(query)")
            #expect(try page.json.list.count == count)
            if count == 95 { #expect(page.headers["link"] == nil) }
        }
    }

    @Test func `tells what changed since a moment, that moment included, the oldest first`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(size: Self.size)) { github in
            let probe = GitHubProbe(github)
            let list = "issues?filter=all&state=all&sort=updated&direction=asc&per_page=100"
            let all = try await probe.get(list).json.list.map { $0["updated_at"].text }
            #expect(all == all.sorted())
            let moment = try #require(all.dropFirst(50).first)
            let some = try await probe.get(list + "&since=" + moment).json.list.map { $0["updated_at"].text }
            #expect(some == all.filter { $0 >= moment })
        }
    }
}
