import BareClient
import SandboxKit
import Testing

@testable import AcmeSandbox

struct ChangeTests {
    @Test func `creates, changes and deletes a task and tells it all`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let feed = try await "/api/v1/workspaces/\(probe.firstWorkspace())/changes"
            let since = try await probe.get(feed).json["next_cursor"].text
            let project = try await probe.firstProject()
            let total = try await probe.get("/api/v1/projects/\(project)/tasks").json["total"]

            let made = try await probe.post("/api/v1/projects/\(project)/tasks", #"{"title": "Buy “milk” 🥛"}"#)
            #expect(made.status == 201)
            let path = try "/api/v1/tasks/" + made.json["id"].text
            #expect(try await probe.get(path).json == made.json)
            let changed = try await probe.patch(path, #"{"status": "done", "estimate": 3, "due_date": null}"#)
            #expect(try changed.json["status"].text == "done")
            let steps = try await probe.get(path + "/history").items.map { $0["field"].text }
            #expect(steps == ["created", "status", "estimate"])
            #expect(try await probe.delete(path).status == 204)
            #expect(try await probe.get(path).status == 404)
            #expect(try await probe.delete(path).status == 404)
            #expect(try await probe.get("/api/v1/projects/\(project)/tasks").json["total"] == total)

            let told = try await probe.get(feed + "?since=\(since)").json
            #expect(told["changes"].list.map { $0["op"].text } == ["upsert", "upsert", "delete"])
            #expect(try told["changes"].ids == Array(repeating: made.json["id"].text, count: 3))
            #expect(told["changes"].list[0]["item"]["title"].text == "Buy “milk” 🥛")
            #expect(told["has_more"] == .bool(false))
            let after = try await probe.get(feed + "?since=\(told["next_cursor"].text)").json
            #expect(after["changes"].list.isEmpty)
        }
    }

    @Test func `gives a long feed in pages without loss`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let feed = try await "/api/v1/workspaces/\(probe.firstWorkspace())/changes"
            var cursor = try await probe.get(feed).json["next_cursor"].text
            let project = try await "/api/v1/projects/\(probe.firstProject())"
            for number in 1...7 { _ = try await probe.patch(project, #"{"name": "Name \#(number)"}"#) }
            var names: [String] = []
            var more = true
            while more {
                let page = try await probe.get(feed + "?limit=3&since=\(cursor)").json
                names += page["changes"].list.map { $0["item"]["name"].text }
                cursor = page["next_cursor"].text
                more = page["has_more"] == .bool(true)
            }
            #expect(names == (1...7).map { "Name \($0)" })
        }
    }

    @Test func `deletes a project with its tasks and their files`() async throws {
        let size = AcmeSize(projects: 1, tasks: 4, files: 6)
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            let probe = AcmeProbe(acme)
            let workspace = try await probe.firstWorkspace()
            let feed = "/api/v1/workspaces/\(workspace)/changes"
            let since = try await probe.get(feed).json["next_cursor"].text
            let task = try await probe.firstTask()
            let project = try await probe.firstProject()
            #expect(try await probe.delete("/api/v1/projects/\(project)").status == 204)
            let changes = try await probe.get(feed + "?since=\(since)").json["changes"].list
            let kinds = Dictionary(grouping: changes) { $0["type"].text }.mapValues(\.count)
            #expect(kinds == ["project": 1, "task": 4, "file": 6])
            #expect(changes.allSatisfy { $0["op"].text == "delete" })
            #expect(try await probe.get("/api/v1/tasks/\(task)").status == 404)
            #expect(try await probe.get("/api/v1/workspaces/\(workspace)/projects").json["total"] == .int(0))
        }
    }

    @Test func `deletes silently where it is told to, which lists show and the feed does not`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let feed = try await "/api/v1/workspaces/\(probe.firstWorkspace())/changes"
            let since = try await probe.get(feed).json["next_cursor"].text
            let list = try await "/api/v1/projects/\(probe.firstProject())/tasks"
            let before = try await probe.get(list)
            let task = try await probe.firstTask()
            #expect(try await probe.delete("/api/v1/tasks/\(task)?silently=true").status == 204)
            #expect(try await probe.get("/api/v1/tasks/\(task)").status == 404)
            #expect(try await probe.get(feed + "?since=\(since)").json["changes"].list.isEmpty)
            let after = try await probe.get(list, ["If-None-Match": before.headers["etag"] ?? ""])
            #expect(after.status == 200)
            #expect(try !after.json["items"].ids.contains(task))
        }
    }

    @Test func `frees the tasks of a deleted user`() async throws {
        let size = AcmeSize(users: 3, projects: 1, tasks: 1)
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            let probe = AcmeProbe(acme)
            let user = try await probe.get("/api/v1/workspaces/\(probe.firstWorkspace())/users").items[2]["id"].text
            let task = try await "/api/v1/tasks/\(probe.firstTask())"
            #expect(try await probe.patch(task, #"{"assignee_id": "\#(user)"}"#).json["assignee_id"].text == user)
            #expect(try await probe.delete("/api/v1/users/\(user)").status == 204)
            #expect(try await probe.get(task).json["assignee_id"] == .null)
            let dana = try await probe.get("/api/v1/me").json["id"].text
            #expect(try await probe.delete("/api/v1/users/\(dana)").status == 409)
        }
    }

    @Test func `refuses the cursor of another world or workspace`() async throws {
        let foreign = try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 2)) { acme in
            let probe = AcmeProbe(acme)
            return try await probe.get("/api/v1/workspaces/\(probe.firstWorkspace())/changes").json["next_cursor"].text
        }
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            for cursor in [foreign, "nonsense", ""] {
                let answer = try await probe.get("/api/v1/workspaces/\(probe.firstWorkspace())/changes?since=\(cursor)")
                #expect(answer.status == 410)
                #expect(try answer.code == "cursor_expired")
            }
        }
    }

    @Test(arguments: [
        (#"{"status": "later"}"#, "status"), (#"{"title": "  "}"#, "title"), (#"{"colour": "red"}"#, "colour"),
        (#"{"assignee_id": "usr_0000000000"}"#, "assignee_id"), (#"{"estimate": -1}"#, "estimate"),
        (#"{"due_date": "2026-13-01"}"#, "due_date"), (#"{"labels": "urgent"}"#, "labels"),
    ])
    func `refuses a field that does not fit and names it`(body: String, field: String) async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let path = try await "/api/v1/tasks/\(probe.firstTask())"
            let before = try await probe.get(path).json
            let answer = try await probe.patch(path, body)
            #expect(answer.status == 422)
            #expect(try answer.json["error"]["message"].text.hasPrefix(field) == true)
            #expect(try await probe.get(path).json == before)
        }
    }

    @Test func `refuses a thing without what it must have`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let answer = try await probe.post("/api/v1/workspaces/\(probe.firstWorkspace())/users", #"{"name": "X"}"#)
            #expect(answer.status == 422)
            #expect(try answer.json["error"]["message"].text == "email must be given.")
            let long = String(repeating: "x", count: 2 << 20)
            let huge = try await probe.post("/api/v1/projects/\(probe.firstProject())/tasks", #"{"title": "\#(long)"}"#)
            #expect(huge.status == 413)
        }
    }
}
