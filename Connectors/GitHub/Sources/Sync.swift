import Foundation
import MaxConnector
import MaxCore

let githubSeeder = Seeder<GitHubClient> { _ in
    SyncPlan(
        root: Ref(GitHubAccount.self, "github"),
        stages: [
            .init(GitHubAccount.self, "profile", title: "Reading the profile"),
            .init(GitHubAccount.self, "repositories"),
            .init(GitHubAccount.self, "starred", title: "Collecting stars"),
            .init(GitHubAccount.self, "gists"),
            .init(GitHubRepository.self, "issues", title: "Collecting issues and pull requests"),
            .init(GitHubRepository.self, "comments"),
        ],
        feeds: [
            .init(
                of: GitHubAccount.self, GitHubLoaders.changes.name, covers: [GitHubIssue.self, GitHubComment.self],
                title: "Reading what changed in issues"),
            .init(
                of: GitHubAccount.self, GitHubLoaders.seldom.name, covers: [GitHubUser.self, GitHubGist.self],
                title: "Profile and gists, every six hours"),
        ])
}

let githubResolvers: [Resolver<GitHubClient>] = [
    Resolver(
        GitHubAccount.self, GitHubLoaders.profile, GitHubLoaders.repositories, GitHubLoaders.stars,
        GitHubLoaders.gists, GitHubLoaders.changes, GitHubLoaders.seldom),
    Resolver(GitHubUser.self, GitHubLoaders.profile),
    Resolver(GitHubRepository.self, GitHubLoaders.repositories, GitHubLoaders.issues, GitHubLoaders.comments),
    Resolver(GitHubIssue.self, GitHubLoaders.issues),
    Resolver(GitHubComment.self, GitHubLoaders.comments),
    Resolver(GitHubStar.self, GitHubLoaders.stars),
    Resolver(GitHubGist.self, GitHubLoaders.gists),
]

/// The ways to GitHub's records.
enum GitHubLoaders {
    static let profile = Loader<GitHubClient>(
        "profile", of: GitHubUser.self, provides: GitHubUser.definition.plainFields,
        .collection(.init(of: GitHubAccount.self, "profile")) { _, _, client in
            let answer = try await client.upstream.send(client.get("user").revalidating(), as: .user)
            return Page([try answer.decoded(GitHubClient.User.self).record])
        })

    static let repositories = Loader<GitHubClient>(
        "repositories.list", of: GitHubRepository.self, provides: GitHubRepository.definition.plainFields,
        .collection(.init(of: GitHubAccount.self, "repositories")) { _, cursor, client in
            let (items, links): ([GitHubClient.Repository], _) = try await client.list(
                .repositories, "user/repos", "sort=created&direction=asc&per_page=100", from: cursor)
            return Page(items.map(\.record), next: links.next)
        })

    static let stars = Loader<GitHubClient>(
        "stars.list", of: GitHubStar.self, provides: GitHubStar.definition.plainFields,
        .collection(.init(of: GitHubAccount.self, "starred")) { _, cursor, client in
            let (items, links): ([GitHubClient.Star], _) = try await client.list(
                .stars, "user/starred", "per_page=100", from: cursor, accept: GitHubClient.starMediaType)
            return Page(items.map(\.record), next: links.next)
        })

    static let gists = Loader<GitHubClient>(
        "gists.list", of: GitHubGist.self, provides: GitHubGist.definition.plainFields,
        .collection(.init(of: GitHubAccount.self, "gists")) { _, cursor, client in
            let (items, links): ([GitHubClient.Gist], _) = try await client.list(
                .gists, "gists", "per_page=100", from: cursor)
            return Page(items.map(\.record), next: links.next)
        })

    static let issues = Loader<GitHubClient>(
        "issues.list", of: GitHubIssue.self, provides: GitHubIssue.definition.plainFields,
        .collection(.init(of: GitHubRepository.self, "issues")) { repository, cursor, client in
            try await client.pages(
                .issues, "repositories/\(repository)/issues",
                "state=all&sort=created&direction=asc&per_page=100", from: cursor
            ) { (issue: GitHubClient.Issue) in issue.record(in: repository) }
        })

    static let comments = Loader<GitHubClient>(
        "comments.list", of: GitHubComment.self, provides: GitHubComment.definition.plainFields,
        .collection(.init(of: GitHubRepository.self, "comments")) { repository, cursor, client in
            try await client.pages(
                .comments, "repositories/\(repository)/issues/comments",
                "sort=created&direction=asc&per_page=100", from: cursor
            ) { (comment: GitHubClient.Comment) in comment.record(in: repository) }
        })
}
