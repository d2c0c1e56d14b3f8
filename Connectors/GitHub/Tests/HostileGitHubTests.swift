import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import GitHubConnector

/// What GitHub, or whoever passes for it, may say without ending more than the sync at hand.
struct HostileGitHubTests {
    private static let repository = """
        {"id": 1, "full_name": "o/r", "name": "r", "owner": {"login": "o"}, "private": false, "fork": false, \
        "html_url": "https://github.com/o/r", "stargazers_count": 3, "updated_at": "2026-01-05T09:00:00Z"}
        """
    private static let issue = """
        {"number": 7, "title": "T", "state": "open", "html_url": "https://github.com/o/r/issues/7", "comments": 2, \
        "updated_at": "2026-01-05T09:00:00Z", "repository": {"id": 1}}
        """
    private static let comment = """
        {"id": 9, "issue_url": "https://api.github.com/repos/o/r/issues/7", "html_url": "https://github.com/o/r"}
        """
    private static let star = #"{"starred_at": "2026-01-05T09:00:00Z", "repo": \#(repository)}"#
    private static let gist = """
        {"id": "a1", "files": {"f": {"size": 5}}, "public": true, "comments": 4, "html_url": "https://github.com/o"}
        """
    private static let user = """
        {"id": 5, "login": "o", "html_url": "https://github.com/o", "created_at": "2026-01-05T09:00:00Z"}
        """
    private static let link = """
        <https://api.github.com/x?per_page=100&page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"
        """
    /// What is said at the end of each path.
    private static let answers = [
        "/user": user, "/user/repos": "[\(repository)]", "/user/starred": "[\(star)]", "/gists": "[\(gist)]",
        "/repositories/1/issues": "[\(issue)]", "/repositories/1/issues/comments": "[\(comment)]",
        "/issues": "[\(issue)]",
    ]

    @Test(arguments: answers.keys.sorted())
    func `lets no number end more than a sync`(path: String) async throws {
        for text in HostileNumbers.variants(of: Self.answers[path] ?? "") {
            try await readEverything { asked in (asked == path ? text : Self.answers[asked] ?? "[]", Self.link) }
        }
    }

    @Test func `lets no number of a page end more than a sync`() async throws {
        for link in HostileNumbers.variants(of: Self.link) {
            try await readEverything { (Self.answers[$0] ?? "[]", link) }
        }
    }

    @Test(arguments: ["2026-01-01 %zz", "2026-01-05T09:00:00Z&since=1970-01-01T00:00:00Z", "soon", ""])
    func `asks since no moment that is none`(moment: String) async throws {
        let issue = Self.issue.replacing("2026-01-05T09:00:00Z", with: moment)
        let told = ToldGitHub { _, _ in ("[\(issue)]", "") }
        let problem = try await #require(throws: Problem.self) {
            try await GitHubLoaders.changes.pages(1, of: "github", told.client)
        }
        #expect(problem.code == "answer_not_understood")
        #expect(ChangePlace(ChangePlace(since: moment).cursor) == nil)
    }

    @Test(arguments: ["5…2", "0…9", "-1…9", "9223372036854775800…9223372036854775807", "%zz", "a b…#?"])
    func `goes on from any cursor as far as it leads`(cursor: String) async throws {
        let told = ToldGitHub { _, _ in ("[\(Self.issue)]", "") }
        let read = try await GitHubLoaders.issues.pages(3, of: "1", from: cursor, told.client)
        #expect((1...PageSpan.width).contains(read.records))
    }

    @Test func `hands out comments that do not end a page at a time`() async throws {
        let comments = Array(repeating: Self.comment, count: 100).joined(separator: ", ")
        let told = ToldGitHub { path, query in
            guard path.hasSuffix("/comments") else { return ("[\(Self.issue)]", "") }
            let page = query.split(separator: "page=").last.flatMap { Int($0) } ?? 1
            return ("[\(comments)]", "<https://api.github.com/x?per_page=100&page=\(page + 1)>; rel=\"next\"")
        }
        let start = ChangePlace(since: "2026-01-05T08:00:00Z").cursor
        var (place, resume): (String?, String?) = (start, nil)
        for number in 0..<20 {
            let page = try await told.client.changes(since: try #require(place.flatMap { ChangePlace($0) }))
            #expect(page.records.count == (number == 0 ? 1 : 100))
            (place, resume) = (page.next, page.resume ?? resume)
        }
        // Nothing of it counts as read before all of it was.
        #expect(place != nil && resume == nil)
    }

    /// Reads a few pages of every list and the changes twice; what ends in a problem is over.
    private func readEverything(_ answer: @escaping @Sendable (String) -> (String, String)) async throws {
        let client = ToldGitHub { path, _ in answer(path) }.client
        for loader in [GitHubLoaders.profile, GitHubLoaders.repositories, GitHubLoaders.stars, GitHubLoaders.gists] {
            do { try await loader.pages(2, of: "github", client) } catch is Problem {}
        }
        for loader in [GitHubLoaders.issues, GitHubLoaders.comments] {
            do { try await loader.pages(2, of: "1", client) } catch is Problem {}
        }
        do {
            let place = try await GitHubLoaders.changes.pages(1, of: "github", client).resume
            try await GitHubLoaders.changes.pages(4, of: "github", from: place, client)
        } catch is Problem {}
    }
}
