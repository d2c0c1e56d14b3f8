import Foundation
import GitHubSandbox
import MaxCore
import Testing

@testable import GitHubConnector
@testable import MaxConnector

@Suite(.serialized) struct GitHubCollectionTests {
    @Test func `provides every field of every entity by the loader that claims it`() async throws {
        try await withGitHub { hand in
            let repository = try await hand.repository().ref.id
            let account = [
                GitHubLoaders.profile, GitHubLoaders.repositories, GitHubLoaders.stars, GitHubLoaders.gists,
            ]
            for loader in account + [GitHubLoaders.issues, GitHubLoaders.comments] {
                let isBelow = loader.name == "issues.list" || loader.name == "comments.list"
                let records = try await hand.children(of: isBelow ? repository : "github", by: loader)
                #expect(!records.isEmpty, "\(loader.name)")
                for record in records { #expect(Set(record.fields.keys) == loader.fields, "\(record.ref)") }
            }
        }
    }

    @Test func `reads every page of a long list once and in order`() async throws {
        try await withGitHub(size: GitHubSize(repositories: 1, issues: 630)) { hand in
            let repository = try await hand.repository().ref.id
            let issues = try await hand.children(of: repository, by: GitHubLoaders.issues)
            #expect(issues.map(\.fields["number"]) == (1...630).map { JSON($0) })
        }
    }

    @Test func `tells issues from pull requests, and puts comments to their issue`() async throws {
        try await withGitHub { hand in
            let repository = try await hand.repository().ref.id
            let issues = try await hand.children(of: repository, by: GitHubLoaders.issues)
            #expect(Set(issues.map(\.fields["isPullRequest"])) == [true, false])
            let comments = try await hand.children(of: repository, by: GitHubLoaders.comments)
            let counted = issues.reduce(0) { $0 + ($1.fields["commentCount"]?.integer ?? 0) }
            #expect(comments.count == Int(counted))
            let ids = Set(issues.map { JSON.string($0.ref.id) })
            #expect(comments.allSatisfy { ids.contains($0.fields["issue"] ?? .null) })
        }
    }

    @Test func `tells the same of an issue in the list and among the changes`() async throws {
        try await withGitHub { hand in
            let since = try #require(try await hand.changes().resume)
            let repository = try await hand.repository()
            let edited = try await hand.edit(2, in: repository, ["body": "Changed"])
            let page = try await hand.changes(since: since)
            #expect(page.records.contains(edited))
            let parent = Ref(GitHubRepository.self, repository.ref.id)
            #expect(page.links.contains(.init(parent, "issues", edited.ref)))
            #expect(try await hand.children(of: repository.ref.id, by: GitHubLoaders.issues).contains(edited))
        }
    }

    @Test func `tells what was said since, and asks nobody for comments where nothing changed`() async throws {
        try await withGitHub { hand in
            let since = try #require(try await hand.changes().resume)
            let repository = try await hand.repository()
            let comment = try await hand.say("Agreed", on: 3, in: repository)
            let (records, place) = try await hand.allChanges(since: since)
            #expect(records.contains(comment))
            let later = try await hand.changes(since: place)
            #expect(later.records.allSatisfy { $0.ref.entity == "GitHubIssue" })
            #expect(later.next == nil)
        }
    }

    @Test func `misses nothing of many changes in one second`() async throws {
        try await withGitHub(size: GitHubSize(repositories: 1, issues: 1)) { hand in
            let since = try #require(try await hand.changes().resume)
            let repository = try await hand.repository()
            var opened: Set<Ref> = []
            for number in 0..<130 { opened.insert(try await hand.open("Issue \(number)", in: repository).ref) }
            var (told, place): (Set<Ref>, String?) = ([], since)
            while let cursor = place {
                let page = try await hand.changes(since: cursor)
                told.formUnion(page.records.map(\.ref))
                place = page.next
            }
            #expect(told.isSuperset(of: opened))
        }
    }

    @Test func `takes a repository without issues for one that has none`() async throws {
        try await withGitHub(fault: .issuesDisabled) { hand in
            let repository = try await hand.repository().ref.id
            #expect(try await hand.children(of: repository, by: GitHubLoaders.issues).isEmpty)
        }
    }

    @Test func `says in GitHub's name what the token may not read`() async throws {
        try await withGitHub(fault: .issuesForbidden) { hand in
            let repository = try await hand.repository().ref.id
            let problem = try await problem { try await hand.children(of: repository, by: GitHubLoaders.issues) }
            #expect(problem?.rung == .permissions)
            #expect(problem?.sentence?.contains("GitHub") == true)
        }
    }

    @Test(arguments: [
        (GitHubFault.rateLimited, "rate_limited"), (.secondaryLimit, "rate_limited"),
        (.silentSecondaryLimit, "rate_limited"), (.tooManyRequests, "rate_limited"),
        (.silentTooManyRequests, "rate_limited"), (.singleSignOn, "single_sign_on_required"),
        (.errorBody, "provider_failed"), (.unauthorized, "credential_refused"), (.forbidden, "scope_missing"),
    ])
    func `knows each refusal for what it is`(fault: GitHubFault, code: String) async throws {
        try await withGitHub(fault: fault) { hand in
            let problem = try await problem { try await hand.children(by: GitHubLoaders.stars) }
            #expect(problem?.code == code)
            if code == "rate_limited" { #expect(problem?.retryAfter ?? 0 > 0) }
        }
    }

    @Test func `takes a refusal that the next answer disproves for something to try again`() async throws {
        try await withGitHub(fault: .flaps) { hand in
            var codes: [String?] = []
            for _ in 0..<3 {
                let problem = try await problem { try await hand.children(by: GitHubLoaders.stars) }
                codes.append(problem?.code)
            }
            #expect(codes == ["refused_in_passing", nil, nil])
        }
    }

    @Test func `reads an unchanged list once, and again when it changed`() async throws {
        try await withGitHub { hand in
            let first = Revalidation(known: nil)
            _ = try await Revalidation.$current.withValue(first) {
                try await hand.children(by: GitHubLoaders.repositories)
            }
            let tag = try #require(first.tag)
            await #expect(throws: NotModified.self) {
                try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                    try await hand.children(by: GitHubLoaders.repositories)
                }
            }
            let repository = try await hand.repository()
            try await hand.delete("repos/\(repository.fullName)")
            let again = try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                try await hand.children(by: GitHubLoaders.repositories)
            }
            #expect(!again.map(\.ref).contains(repository.ref))
        }
    }

    @Test func `shows a classic token without scopes what is public`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 3)) { provider in
            try await GitHubHand.work(at: provider, token: provider.classicToken(.noScopes)) { hand in
                let account = try await hand.client.account()
                #expect(account.scopes == [])
                let repositories = try await hand.children(by: GitHubLoaders.repositories)
                #expect(repositories.allSatisfy { $0.fields["isPrivate"] == false })
            }
        }
    }

    @Test func `shows a token without the permission Starring the stars of what is public`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 3)) { provider in
            let all = try await GitHubHand.work(at: provider, token: provider.token) { hand in
                let repositories = try await hand.children(by: GitHubLoaders.repositories)
                let hidden = try #require(repositories.first { $0.fields["isPrivate"] == true })
                try await hand.star(hidden)
                let stars = try await hand.children(by: GitHubLoaders.stars)
                #expect(stars.contains { $0.ref.id == hidden.ref.id })
                return stars.count
            }
            try await GitHubHand.work(at: provider, token: provider.token(.noStarring)) { hand async throws in
                #expect(try await hand.children(by: GitHubLoaders.stars).count == all - 1)
            }
        }
    }

    @Test func `asks in the setup for the permissions that the README tells of`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let readme = try String(contentsOf: folder / "README.md", encoding: .utf8)
        for permission in ["Metadata", "Issues", "Pull requests", "Starring"] {
            #expect(readme.contains("\n| \(permission)"))
            #expect(github.about.scopes.contains("\(permission): read-only"))
        }
    }

    @Test func `tells when a token ends`() async throws {
        try await withGitHub(fault: .expiresSoon) { hand in
            let account = try await hand.client.account()
            let end = try #require(account.expiresAt)
            #expect(end.timeIntervalSinceNow > 0)
            #expect(account.scopes == nil)
        }
    }

    /// The problem that `work` ends in; nil when it ends well.
    private func problem(_ work: () async throws -> some Any) async throws -> Problem? {
        do {
            _ = try await work()
            return nil
        } catch let problem as Problem {
            return problem
        }
    }

    /// Runs a sandbox and hands over its first account.
    private func withGitHub(
        size: GitHubSize = .small, fault: GitHubFault? = nil, _ body: (GitHubHand) async throws -> Void
    ) async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 3, size: size)) { provider in
            let token = fault.map(provider.token) ?? provider.token
            try await GitHubHand.work(at: provider, token: token, body)
        }
    }
}
