import AnswerShapes
import Foundation
import GitHubSandbox
import MaxConnector
import MaxCore
import Testing

@testable import GitHubConnector

/// The double's answers have the fields that GitHub's have, each of the same kind.
@Suite(.serialized) struct GitHubShapeTests {
    private static let person = """
        login:t id:w node_id:t avatar_url:t gravatar_id:t url:t html_url:t followers_url:t following_url:t gists_url:t \
        starred_url:t subscriptions_url:t organizations_url:t repos_url:t events_url:t received_events_url:t type:t \
        site_admin:b
        """
    private static let repository = """
        id:w node_id:t name:t full_name:t private:b owner:o html_url:t description:tn fork:b url:t created_at:t \
        updated_at:t pushed_at:tn homepage:tn size:w stargazers_count:w watchers_count:w language:tn has_issues:b \
        forks_count:w archived:b disabled:b open_issues_count:w license:on topics:l visibility:t forks:w \
        open_issues:w watchers:w default_branch:t permissions:o issues_url:t comments_url:t clone_url:t
        """
    private static let issue = """
        url:t repository_url:t labels_url:t comments_url:t events_url:t html_url:t id:w node_id:t number:w title:t user:o \
        labels:l state:t locked:b assignee:on assignees:l milestone:on comments:w created_at:t updated_at:t \
        closed_at:tn author_association:t active_lock_reason:tn body:tn reactions:o timeline_url:t \
        performed_via_github_app:on state_reason:tn
        """

    @Test func `are the same`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 3)) { provider in
            try await GitHubHand.work(at: provider, token: provider.token) { hand in
                func answer(_ path: String) async throws -> JSON {
                    try await hand.client.upstream.send(hand.client.get(path), as: .user).decoded()
                }
                let user = try await answer("user")
                let repositories = try #require(try await answer("user/repos").array)
                let name = try #require(repositories.first?["full_name"]?.string)
                let issues = try #require(try await answer("repos/\(name)/issues").array)
                #expect(user.misfits(Self.person) == [])
                for found in repositories {
                    #expect(found.misfits(Self.repository) == [])
                    #expect(found["owner"]?.misfits(Self.person) == [])
                }
                for found in issues {
                    #expect(found.misfits(Self.issue) == [])
                    #expect(found["user"]?.misfits(Self.person) == [])
                }
                #expect(!issues.isEmpty)
            }
        }
    }

    @Test func `of refusals are the same`() async throws {
        try await GitHubSandbox.serve(GitHubSandboxOptions(seed: 3)) { provider in
            try await GitHubHand.work(at: provider, token: provider.token) { hand in
                let request = hand.client.get("repos/nobody/nothing").accepting(404)
                let refusal: JSON = try await hand.client.upstream.send(request, as: .user).decode()
                #expect(refusal.misfits("message:t documentation_url:t") == [])
            }
        }
    }
}
