import SandboxKit

/// The writing of things as GitHub's API shows them, with all the addresses that it adds.
struct ObjectWriter: Sendable {
    let state: GitHubState
    /// The API's address, without a slash at its end.
    let api: String
    /// Each person as they appear in other things, written once.
    private let people: [[UInt8]]

    init(_ state: GitHubState, api: String) {
        self.state = state
        self.api = api
        people = state.people.map { person in
            var json = JSONWriter()
            ObjectWriter.write(person, api: api, to: &json) { _ in }
            return json.bytes
        }
    }

    func write(_ person: Int, as name: String, to json: inout JSONWriter) {
        json.member(name) { $0.written(people[person]) }
    }

    func writePerson(_ person: Int, to json: inout JSONWriter) { json.written(people[person]) }

    /// Writes a person as `GET /user` shows the holder of the token.
    func write(whole person: Person, to json: inout JSONWriter) {
        ObjectWriter.write(person, api: api, to: &json) { json in
            json.field("name", person.name)
            json.field("company", .null)
            json.field("blog", "")
            json.field("location", "Juniper Hill")
            json.field("email", "\(person.login)@people.test")
            json.field("bio", .null)
            json.field("public_repos", .int(state.repositories.count { $0.owner == person.index && !$0.isPrivate }))
            json.field("public_gists", .int(state.gists[person.index].count(where: \.isPublic)))
            json.field("followers", .int(3))
            json.field("following", .int(5))
            json.field("created_at", "2019-04-01T08:00:00Z")
            json.field("updated_at", "2025-12-01T08:00:00Z")
            json.field("two_factor_authentication", .bool(true))
        }
    }

    private static func write(
        _ person: Person, api: String, to json: inout JSONWriter, _ more: (inout JSONWriter) -> Void
    ) {
        let own = "\(api)/users/\(person.login)"
        json.object { json in
            json.field("login", person.login)
            json.field("id", .int(person.id))
            json.field("node_id", "MDQ6VXNlcj" + Hex.text(UInt64(person.id), digits: 6))
            json.field("avatar_url", "https://avatars.githubusercontent.com/u/\(person.id)?v=4")
            json.field("gravatar_id", "")
            json.field("url", own)
            json.field("html_url", "https://github.com/\(person.login)")
            json.field("followers_url", own + "/followers")
            json.field("following_url", own + "/following{/other_user}")
            json.field("gists_url", own + "/gists{/gist_id}")
            json.field("starred_url", own + "/starred{/owner}{/repo}")
            json.field("subscriptions_url", own + "/subscriptions")
            json.field("organizations_url", own + "/orgs")
            json.field("repos_url", own + "/repos")
            json.field("events_url", own + "/events{/privacy}")
            json.field("received_events_url", own + "/received_events")
            json.field("type", person.isOrganization ? "Organization" : "User")
            json.field("user_view_type", "public")
            json.field("site_admin", .bool(false))
            more(&json)
        }
    }
}
