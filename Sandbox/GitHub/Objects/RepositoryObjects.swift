import SandboxKit

extension ObjectWriter {
    private static let lists = [
        "forks", "teams", "hooks", "events", "tags", "languages", "stargazers", "contributors", "subscribers",
        "subscription", "merges", "downloads", "deployments",
    ]

    func write(_ repository: Repository, to json: inout JSONWriter) {
        let owner = state.people[repository.owner]
        let fullName = owner.login + "/" + repository.name
        let own = "\(api)/repos/\(fullName)"
        json.object { json in
            json.field("id", .int(repository.id))
            json.field("node_id", "R_kgDO" + Hex.text(UInt64(repository.id), digits: 8))
            json.field("name", repository.name)
            json.field("full_name", fullName)
            json.field("private", .bool(repository.isPrivate))
            write(repository.owner, as: "owner", to: &json)
            json.field("html_url", "https://github.com/" + fullName)
            json.field("description", JSONValue(repository.description))
            json.field("fork", .bool(false))
            json.field("url", own)
            for list in Self.lists { json.field("\(list)_url", "\(own)/\(list)") }
            json.field("issues_url", own + "/issues{/number}")
            json.field("pulls_url", own + "/pulls{/number}")
            json.field("comments_url", own + "/comments{/number}")
            json.field("issue_comment_url", own + "/issues/comments{/number}")
            json.field("contents_url", own + "/contents/{+path}")
            json.field("clone_url", "https://github.com/\(fullName).git")
            json.field("ssh_url", "git@github.com:\(fullName).git")
            writeFacts(of: repository, to: &json)
        }
    }

    private func writeFacts(of repository: Repository, to json: inout JSONWriter) {
        let open = state.issues[repository.id]?.count { $0.closedAt == nil } ?? 0
        json.field("created_at", repository.createdAt.text)
        json.field("updated_at", repository.updatedAt.text)
        json.field("pushed_at", repository.updatedAt.text)
        json.field("homepage", .null)
        json.field("size", .int(repository.id % 900))
        json.field("stargazers_count", .int(repository.id % 70))
        json.field("watchers_count", .int(repository.id % 70))
        json.field("language", JSONValue(repository.language))
        json.field("has_issues", .bool(true))
        json.field("has_wiki", .bool(false))
        json.field("forks_count", .int(repository.id % 9))
        json.field("archived", .bool(false))
        json.field("disabled", .bool(false))
        json.field("open_issues_count", .int(open))
        json.field("license", .null)
        json.field("is_template", .bool(false))
        json.field("topics", .array(repository.topics.map(JSONValue.string)))
        json.field("visibility", repository.isPrivate ? "private" : "public")
        json.field("forks", .int(repository.id % 9))
        json.field("open_issues", .int(open))
        json.field("watchers", .int(repository.id % 70))
        json.field("default_branch", "main")
        json.field("permissions", .object(["admin": .bool(true), "pull": .bool(true), "push": .bool(true)]))
    }

    func write(_ star: Star, to json: inout JSONWriter) {
        json.object { json in
            json.field("starred_at", star.at.text)
            json.member("repo") { write(star.repository, to: &$0) }
        }
    }

    func write(_ gist: Gist, to json: inout JSONWriter) {
        json.object { json in
            json.field("url", "\(api)/gists/\(gist.id)")
            json.field("commits_url", "\(api)/gists/\(gist.id)/commits")
            json.field("id", gist.id)
            json.field("html_url", "https://gist.github.com/\(state.people[gist.owner].login)/\(gist.id)")
            json.member("files") { json in
                json.object { json in
                    json.field(
                        gist.fileName,
                        .object([
                            "filename": .string(gist.fileName), "type": .string("text/markdown"),
                            "language": .string("Markdown"), "size": .int(gist.size),
                        ]))
                }
            }
            json.field("public", .bool(gist.isPublic))
            json.field("created_at", gist.createdAt.text)
            json.field("updated_at", gist.updatedAt.text)
            json.field("description", JSONValue(gist.description))
            json.field("comments", .int(0))
            write(gist.owner, as: "owner", to: &json)
            json.field("truncated", .bool(false))
        }
    }
}
