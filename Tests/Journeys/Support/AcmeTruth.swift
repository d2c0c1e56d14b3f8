import AcmeSandbox
import Foundation
import FoundationNetworking
import GRDB
import MaxCore
import Testing

/// Acme's API, spoken without Max: what the provider holds, and changes to it.
struct AcmeDesk: Sendable {
    let acme: AcmeAddress
    let workspace: String

    /// Opens the workspace that answers to a connection without a choice of its own: the first.
    init(_ acme: AcmeAddress) async throws {
        self.acme = acme
        let workspaces = try await Self.call(acme, "GET", "workspaces")
        workspace = try #require(workspaces["items"]?.array?.first?["id"]?.string)
    }

    /// Everything of the workspace, by entity and id.
    func everything() async throws -> [String: [String: JSON]] {
        let projects = try await all("workspaces/\(workspace)/projects")
        var tasks: [String: JSON] = [:]
        for project in projects.keys { tasks.merge(try await all("projects/\(project)/tasks")) { one, _ in one } }
        return [
            "AcmeUser": try await all("workspaces/\(workspace)/users"), "AcmeProject": projects, "AcmeTask": tasks,
        ]
    }

    /// Every item of a list, by id.
    func all(_ path: String) async throws -> [String: JSON] {
        var (items, cursor): ([String: JSON], String?) = ([:], nil)
        repeat {
            let page = try await call("GET", path + "?limit=200" + (cursor.map { "&cursor=\($0)" } ?? ""))
            for item in page["items"]?.array ?? [] { items[try #require(item["id"]?.string)] = item }
            cursor = page["next_cursor"]?.string
        } while cursor != nil
        return items
    }

    /// Sends one request.
    @discardableResult
    func call(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        try await Self.call(acme, method, path, body)
    }

    private static func call(
        _ acme: AcmeAddress, _ method: String, _ path: String, _ body: JSON? = nil
    ) async throws -> JSON {
        var request = URLRequest(url: try #require(URL(string: "\(acme.url)/api/v1/\(path)")))
        request.httpMethod = method
        request.setValue("Bearer \(acme.key)", forHTTPHeaderField: "Authorization")
        request.httpBody = body.map { Data($0.text.utf8) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = try #require(response as? HTTPURLResponse).statusCode
        try #require((200..<300).contains(status), "\(method) \(path): \(status)")
        return data.isEmpty ? .null : try JSON(parsing: data)
    }

    /// Adds, edits and deletes a few things.
    ///
    /// - Returns: How many.
    @discardableResult
    func disturb(_ dice: inout Dice) async throws -> Int {
        let projects = try await all("workspaces/\(workspace)/projects").keys.sorted()
        let count = 2 + dice.below(4)
        for _ in 0..<count {
            let project = projects[dice.below(projects.count)]
            let tasks = try await all("projects/\(project)/tasks").keys.sorted()
            switch (dice.below(3), tasks.isEmpty) {
            case (0, _), (_, true): try await call("POST", "projects/\(project)/tasks", ["title": "New"])
            case (1, false):
                let task = tasks[dice.below(tasks.count)]
                let title = JSON.string("Edited \(dice.below(1000))")
                try await call("PATCH", "tasks/\(task)", ["title": title, "due_date": nil])
            default: try await call("DELETE", "tasks/\(tasks[dice.below(tasks.count)])")
            }
        }
        return count
    }
}

/// Numbers that a seed decides.
struct Dice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 }

    /// A number from 0 up to but not including the bound.
    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

extension StoreLook {
    /// Expects that the tables hold what the provider holds: nothing lost, nothing twice, nothing stale.
    func expect(
        _ truth: [String: [String: JSON]], _ note: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for (entity, items) in truth {
            let rows = try rows("SELECT * FROM \(entity)")
            let ids = rows.compactMap { $0["id"] as String? }
            #expect(ids.count == items.count, "\(note): \(entity)", sourceLocation: sourceLocation)
            #expect(Set(ids) == Set(items.keys), "\(note): \(entity)", sourceLocation: sourceLocation)
            let stale = rows.filter { row in
                let item = items[row["id"]]
                return [("title", "title"), ("name", "name"), ("status", "status"), ("dueDate", "due_date")].contains {
                    row.hasColumn($0.0) && JSON(row[$0.0] as String?) != (item?[$0.1] ?? .null)
                }
            }
            #expect(stale.isEmpty, "\(note): \(entity)", sourceLocation: sourceLocation)
        }
        let tasks = try rows("SELECT parent_id, child_id FROM record_edge WHERE field = 'tasks'")
        let strays = tasks.filter { truth["AcmeTask"]?[$0["child_id"]]?["project_id"]?.string != $0["parent_id"] }
        #expect(strays.isEmpty, "\(note): edges", sourceLocation: sourceLocation)
    }

    /// The rows of a query.
    func rows(_ sql: String) throws -> [Row] { try queue.read { try Row.fetchAll($0, sql: sql) } }
}
