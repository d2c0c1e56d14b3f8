import Foundation
import MaxConnector
import MaxCore
import Testing

@testable import GitHubConnector

struct RefusalTests {
    private let site = GitHubSite(URL(string: "https://api.github.com")!)

    private func problem(_ status: Int, _ message: String, _ headers: [String: String] = [:]) -> Problem? {
        let headers = headers.map { (name: $0.key, value: $0.value) }
        let body = Data(JSON.object(["message": .string(message)]).text.utf8)
        return GitHubRefusal.problem(in: UpstreamResponse(status: status, headers: headers, body: body), of: site)
    }

    @Test(arguments: [401, 404, 410, 422, 500])
    func `leaves to the platform what a status says by itself`(status: Int) {
        #expect(problem(status, "You have exceeded a secondary rate limit.") == nil)
    }

    @Test func `leaves to the platform a limit that says when to come back`() {
        #expect(
            problem(403, "API rate limit exceeded", ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"]) == nil)
        #expect(problem(403, "You have exceeded a secondary rate limit.", ["Retry-After": "30"]) == nil)
        #expect(problem(429, "", ["Retry-After": "30"]) == nil)
    }

    @Test(arguments: [
        (403, "You have exceeded a secondary rate limit. Please wait."), (429, ""),
        (403, "You have triggered an abuse detection mechanism."),
    ])
    func `waits a minute where a limit does not say how long`(status: Int, message: String) {
        let problem = problem(status, message, ["X-RateLimit-Remaining": "4990"])
        #expect(problem?.kind == .retryable)
        #expect(problem?.retryAfter == 60)
    }

    @Test func `takes a missing permission for one, and not for a limit`() {
        #expect(problem(403, "Resource not accessible by personal access token") == nil)
    }

    @Test func `leads to the page of the single sign-on`() {
        let page = "https://github.com/orgs/octo/sso?authorization_request=A1"
        let problem = problem(403, "Resource protected", ["X-GitHub-SSO": "required; url=\(page)"])
        #expect(problem?.kind == .auth)
        #expect(problem?.rung == .permissions)
        #expect(problem?.fix == .link(title: "Authorise it at GitHub", url: URL(string: page)!))
    }

    @Test(arguments: [
        "; url=https://evil.test/sso", "; url=http://github.com/sso", "; url=javascript:alert(1)", "; url=", "",
    ])
    func `leads to no page but GitHub's own, where a token can be authorised`(page: String) {
        let problem = problem(403, "Resource protected", ["X-GitHub-SSO": "required\(page)"])
        #expect(problem?.code == "single_sign_on_required")
        let tokens = URL(string: "https://github.com/settings/tokens")!
        #expect(problem?.fix == .link(title: "Authorise it at GitHub", url: tokens))
    }

    @Test func `ends everything for a suspended account`() {
        let problem = problem(403, "Sorry. Your account was suspended.")
        #expect(problem?.kind == .auth)
        #expect(problem?.rung == .signIn)
    }

    @Test func `tells an error that comes as a success from a form it does not know`() {
        let error = UpstreamResponse(status: 200, headers: [], body: Data(#"{"message": "oops"}"#.utf8))
        let other = UpstreamResponse(status: 200, headers: [], body: Data(#"{"items": []}"#.utf8))
        let codes = [error, other].map { answer in
            #expect(throws: Problem.self) { try answer.decoded([GitHubClient.Gist].self) }?.code
        }
        #expect(codes == ["provider_failed", "answer_not_understood"])
    }
}
