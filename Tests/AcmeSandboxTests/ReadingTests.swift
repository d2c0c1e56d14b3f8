import BareClient
import SandboxKit
import Testing

@testable import AcmeSandbox

struct ReadingTests {
    private static let size = AcmeSize(workspaces: 2, users: 31, projects: 9, tasks: 143, files: 40)

    @Test func `gives every thing exactly once, page by page`() async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: ReadingTests.size)) { acme in
            let probe = AcmeProbe(acme)
            var found: [String: [String]] = [:]
            for workspace in try await probe.all("/api/v1/workspaces", limit: 1) {
                let path = "/api/v1/workspaces/" + workspace["id"].text
                found["users", default: []] += try await probe.all(path + "/users", limit: 7).map { $0["id"].text }
                for project in try await probe.all(path + "/projects", limit: 2) {
                    found["projects", default: []].append(project["id"].text)
                    let path = "/api/v1/projects/" + project["id"].text + "/tasks"
                    found["tasks", default: []] += try await probe.all(path, limit: 5).map { $0["id"].text }
                }
            }
            #expect(found.mapValues(\.count) == ["users": 31, "projects": 9, "tasks": 143])
            #expect(found.values.allSatisfy { Set($0).count == $0.count })
            var files = 0
            for task in found["tasks"] ?? [] {
                files += try await probe.get("/api/v1/tasks/\(task)/files").items.count
            }
            #expect(files == 40)
        }
    }

    @Test func `shows one thing as its list does`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let workspace = try await probe.firstWorkspace()
            for path in ["workspaces/\(workspace)/users", "workspaces/\(workspace)/projects", "workspaces"] {
                let listed = try await probe.get("/api/v1/" + path).items[0]
                let kind = path.split(separator: "/").last ?? ""
                let alone = try await probe.get("/api/v1/\(kind)/\(listed["id"].text)")
                #expect(try alone.json == listed)
            }
            let task = try await probe.get("/api/v1/tasks/\(probe.firstTask())").json
            #expect(["todo", "doing", "done"].contains(task["status"].text))
            #expect(task["custom"]["sprint"] != .null)
        }
    }

    @Test func `is the same world for the same seed and another for another`() async throws {
        let users = { (seed: UInt64) in
            try await AcmeSandbox.serve(AcmeSandboxOptions(seed: seed)) { acme in
                let probe = AcmeProbe(acme)
                let users = try await probe.get("/api/v1/workspaces/\(probe.firstWorkspace())/users").text
                return [acme.key, users]
            }
        }
        let (one, again, other) = (try await users(3), try await users(3), try await users(4))
        #expect(one == again)
        #expect(one[0] != other[0])
        #expect(one[1] != other[1])
    }

    @Test func `refuses the cursor of another list`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let path = try await "/api/v1/workspaces/\(probe.firstWorkspace())"
            let cursor = try await probe.get(path + "/users?limit=1").json["next_cursor"].text
            #expect(try await probe.get(path + "/users?cursor=\(cursor)").status == 200)
            let foreign = try await probe.get(path + "/projects?cursor=\(cursor)")
            #expect(foreign.status == 400)
            #expect(try foreign.code == "invalid_cursor")
            #expect(try await probe.get(path + "/users?limit=none").status == 400)
        }
    }

    @Test func `answers 304 to the ETag of an unchanged list and item`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let project = try await probe.firstProject()
            for path in ["/api/v1/projects/\(project)", "/api/v1/projects/\(project)/tasks", "/api/v1/workspaces"] {
                let etag = try #require(try await probe.get(path).headers["etag"])
                let again = try await probe.get(path, ["If-None-Match": "\"other\", W/\(etag)"])
                #expect(again.status == 304)
                #expect(again.body.isEmpty)
            }
            let path = "/api/v1/projects/\(project)"
            let etag = try #require(try await probe.get(path).headers["etag"])
            _ = try await probe.patch(path, #"{"name": "Renamed"}"#)
            let changed = try await probe.get(path, ["If-None-Match": etag])
            #expect(try changed.json["name"].text == "Renamed")
        }
    }

    @Test func `gives a batch in the order asked and names what is missing`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let users = try await "/api/v1/workspaces/\(probe.firstWorkspace())/users?limit=3"
            let ids = try await probe.get(users).json["items"].ids
            let asked = [ids[2], "usr_nobody", ids[0]].map { "\"\($0)\"" }.joined(separator: ",")
            let answer = try await probe.post("/api/v1/batch", #"{"type": "user", "ids": [\#(asked)]}"#).json
            #expect(answer["items"].ids == [ids[2], ids[0]])
            #expect(answer["missing"].list == ["usr_nobody".json])
            let many = Array(repeating: "\"x\"", count: 101).joined(separator: ",")
            #expect(try await probe.post("/api/v1/batch", #"{"type": "user", "ids": [\#(many)]}"#).status == 400)
            #expect(try await probe.post("/api/v1/batch", "[1]").status == 400)
        }
    }

    @Test func `serves the bytes of a file as its size says`() async throws {
        let size = AcmeSize(projects: 1, tasks: 1, files: 3)
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            let probe = AcmeProbe(acme)
            let files = try await probe.get("/api/v1/tasks/\(probe.firstTask())/files").items
            #expect(files.count == 3)
            for file in files {
                let content = try await probe.get("/api/v1/files/\(file["id"].text)/content")
                #expect(.int(content.body.count) == file["size"])
                #expect(content.headers["content-type"]?.hasPrefix(file["mime"].text) == true)
            }
        }
    }

    @Test func `searches workspaces by name`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme, key: acme.key(.many))
            let name = try await probe.get("/api/v1/workspaces?limit=200").items[120]["name"].text
            let query = name.split(separator: " ").last ?? ""
            let found = try await probe.all("/api/v1/workspaces?q=\(query)", limit: 2)
            #expect(found.contains { $0["name"].text == name })
            #expect(found.allSatisfy { $0["name"].text.contains(query) })
            #expect(try await probe.get("/api/v1/workspaces?q=%25").json["total"] == .int(0))
        }
    }
}
