import SandboxKit

extension ObjectWriter {
    /// Writes an issue or pull request; `isNested` adds its repository, as lists over many repositories do.
    func write(_ issue: Issue, in repository: Repository?, isNested: Bool, to json: inout JSONWriter) {
        guard let repository else { return }
        let fullName = state.people[repository.owner].login + "/" + repository.name
        let own = "\(api)/repos/\(fullName)/issues/\(issue.number)"
        let page = "https://github.com/\(fullName)/\(issue.isPullRequest ? "pull" : "issues")/\(issue.number)"
        json.object { json in
            json.field("url", own)
            json.field("repository_url", "\(api)/repos/\(fullName)")
            json.field("labels_url", own + "/labels{/name}")
            json.field("comments_url", own + "/comments")
            json.field("events_url", own + "/events")
            json.field("html_url", page)
            json.field("id", .int(issue.id))
            json.field("node_id", "I_kwDO" + Hex.text(UInt64(issue.id), digits: 10))
            json.field("number", .int(issue.number))
            json.field("title", issue.title)
            write(issue.author, as: "user", to: &json)
            writeLabels(of: issue, fullName, to: &json)
            json.field("state", issue.closedAt == nil ? "open" : "closed")
            json.field("locked", .bool(false))
            writeAssignees(of: issue, to: &json)
            json.field("milestone", .null)
            json.field("comments", .int(issue.comments))
            json.field("created_at", issue.createdAt.text)
            json.field("updated_at", issue.updatedAt.text)
            json.field("closed_at", JSONValue(issue.closedAt?.text))
            json.field("author_association", "MEMBER")
            json.field("active_lock_reason", .null)
            if issue.isPullRequest { writePullRequest(issue, fullName, page, to: &json) }
            json.field("body", JSONValue(issue.body))
            writeReactions(own, to: &json)
            json.field("timeline_url", own + "/timeline")
            json.field("performed_via_github_app", .null)
            json.field("state_reason", issue.closedAt == nil ? .null : .string("completed"))
            if isNested { json.member("repository") { write(repository, to: &$0) } }
        }
    }

    func write(_ comment: Comment, in repository: Repository, to json: inout JSONWriter) {
        let fullName = state.people[repository.owner].login + "/" + repository.name
        let own = "\(api)/repos/\(fullName)/issues/comments/\(comment.id)"
        let issue = state.issues[repository.id]?.first { $0.number == comment.number }
        let kind = issue?.isPullRequest == true ? "pull" : "issues"
        json.object { json in
            json.field("url", own)
            json.field(
                "html_url", "https://github.com/\(fullName)/\(kind)/\(comment.number)#issuecomment-\(comment.id)")
            json.field("issue_url", "\(api)/repos/\(fullName)/issues/\(comment.number)")
            json.field("id", .int(comment.id))
            json.field("node_id", "IC_kwDO" + Hex.text(UInt64(comment.id), digits: 10))
            write(comment.author, as: "user", to: &json)
            json.field("created_at", comment.createdAt.text)
            json.field("updated_at", comment.updatedAt.text)
            json.field("author_association", "MEMBER")
            json.field("body", comment.body)
            writeReactions(own, to: &json)
            json.field("performed_via_github_app", .null)
        }
    }

    private func writeLabels(of issue: Issue, _ fullName: String, to json: inout JSONWriter) {
        json.member("labels") { json in
            json.array { json in
                for label in issue.labels {
                    json.object { json in
                        json.field("id", .int(7_000 + label.utf8.count))
                        json.field("node_id", "LA_kwDO" + Hex.text(UInt64(label.utf8.count), digits: 8))
                        json.field("url", "\(api)/repos/\(fullName)/labels/\(label)")
                        json.field("name", label)
                        json.field("color", "d73a4a")
                        json.field("default", .bool(false))
                        json.field("description", .null)
                    }
                }
            }
        }
    }

    private func writeAssignees(of issue: Issue, to json: inout JSONWriter) {
        if let assignee = issue.assignee {
            write(assignee, as: "assignee", to: &json)
        } else {
            json.field("assignee", .null)
        }
        json.member("assignees") { json in
            json.array { json in
                if let assignee = issue.assignee { writePerson(assignee, to: &json) }
            }
        }
    }

    private func writePullRequest(_ issue: Issue, _ fullName: String, _ page: String, to json: inout JSONWriter) {
        json.field("draft", .bool(issue.isDraft))
        json.field(
            "pull_request",
            .object([
                "url": .string("\(api)/repos/\(fullName)/pulls/\(issue.number)"), "html_url": .string(page),
                "diff_url": .string(page + ".diff"), "patch_url": .string(page + ".patch"),
                "merged_at": issue.isMerged ? JSONValue(issue.closedAt?.text) : .null,
            ]))
    }

    private func writeReactions(_ own: String, to json: inout JSONWriter) {
        json.member("reactions") { json in
            json.object { json in
                json.field("url", own + "/reactions")
                json.field("total_count", .int(0))
                for name in ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"] {
                    json.field(name, .int(0))
                }
            }
        }
    }
}
