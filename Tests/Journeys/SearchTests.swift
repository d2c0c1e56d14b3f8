import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Questions about what was collected.
struct SearchTests {
    /// A project with Dana's Acme in it.
    private func withRecords(_ body: (Playground, AcmeAddress) async throws -> Void) async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            try await body(place, acme)
        }
    }

    @Test func `records come in four forms that agree`() async throws {
        try await withRecords { place, _ in
            let question = ["search", "acme-dana", "AcmeTask", "--order-by", "title", "--limit", "7"]
            let reply = try await place.run(question + ["--json"]).finish().reply(0)
            let records = try #require(reply["records"]?.array)
            let ids = records.compactMap { $0["id"]?.string }
            #expect(ids.count == 7 && reply["next"]?.string != nil)
            #expect(records[0]["entity"] == "AcmeTask" && records[0]["connection"] == "acme-dana")
            #expect(records[0]["ref"] == .string("acme-dana:AcmeTask/\(ids[0])"))

            let lines = try await place.run(question + ["-o", "ndjson"]).finish()
            let objects = try lines.out.split(separator: "\n").map { try JSON(parsing: Data($0.utf8)) }
            #expect(objects == records)
            #expect(lines.err.contains("--after"))

            let csv = try await place.run(question + ["-o", "csv", "--fields", "title, status"]).finish().out
            let rows = csv.components(separatedBy: "\r\n")
            #expect(rows.first == "connection,id,title,status" && rows.last == "")
            #expect(rows.dropFirst().prefix(7).map { $0.split(separator: ",")[1] } == ids.map { Substring($0) })

            let table = try await place.run(question).finish().out.split(separator: "\n")
            #expect(table[0].hasPrefix("id ") && table[0].contains("title"))
            #expect(table.dropFirst().map { $0.prefix { $0 != " " } } == ids.map { Substring($0) })
        }
    }

    @Test func `pages follow one another without loss or repetition, and a foreign cursor is refused`() async throws {
        try await withRecords { place, _ in
            let question = ["search", "acme-dana", "AcmeTask", "--order-by", "status desc", "--fields", "id", "--json"]
            var (ids, after): ([String], String?) = ([], nil)
            repeat {
                let page = after.map { ["--after", $0] } ?? []
                let reply = try await place.run(question + ["--limit", "50"] + page).finish().reply(0)
                ids += reply["records"]?.array?.compactMap { $0["id"]?.string } ?? []
                after = reply["next"]?.string
                if ids.count == 50, let after {
                    let other = ["search", "acme-dana", "AcmeTask", "--json", "--after", after]
                    #expect(try await place.run(other).finish().refusal(2)["code"] == "cursor_foreign")
                }
            } while after != nil
            let count = try await place.max("count", "acme-dana", "AcmeTask", "--json").reply(0)
            #expect(Set(ids).count == ids.count && count["count"] == .integer(Int64(ids.count)))
        }
    }

    @Test func `counts agree with their groups, and a filter with its opposite`() async throws {
        try await withRecords { place, _ in
            func count(_ more: String...) async throws -> JSON {
                try await place.run(["count", "acme", "AcmeTask", "--json"] + more).finish().reply(0)
            }
            let all = try #require(try await count()["count"]?.integer)
            let groups = try #require(try await count("--group-by", "status")["groups"]?.array)
            #expect(groups.compactMap { $0["count"]?.integer }.reduce(0, +) == all && groups.count > 1)
            let some = try #require(try await count("--filter", "assignee.role = member")["count"]?.integer)
            let rest = try #require(try await count("--filter", "NOT assignee.role = member")["count"]?.integer)
            #expect(some + rest == all && some > 0 && rest > 0)
            let words = try await place.max("count", "acme", "AcmeTask", "--group-by", "status")
            #expect(words.out.split(separator: "\n").count == groups.count + 1)
            #expect(try await place.max("count", "all", "AcmeTask").out == "\(all)\n")
        }
    }

    @Test func `a record is shown with its edges`() async throws {
        try await withRecords { place, _ in
            let project = try await place.project()
            let reply = try await place.max("get", "acme-dana:AcmeProject/\(project)", "--json").reply(0)
            #expect(reply.at("record.id") == .string(project))
            #expect(reply.at("children.0.field") == "tasks" && reply.at("children.0.entity") == "AcmeTask")
            #expect(reply["parents"]?.array?.first?.string?.hasPrefix("AcmeWorkspace/") == true)
            let words = try await place.max("get", "AcmeProject/\(project)")
            #expect(words.out.contains("AcmeProject/\(project) · ") && words.out.contains("tasks: "))
            #expect(words.out.contains("in AcmeWorkspace/"))
        }
    }

    /// Questions that cannot be answered, each with the code of the refusal.
    private static let mistakes = [
        (["search", "acme-dana", "AcmeTask", "--filter", "stats = open"], "filter_invalid"),
        (["search", "acme-dana", "AcmeTask", "--filter", "status = "], "filter_invalid"),
        (["search", "acme-dana", "AcmeTask", "--filter", "(status = open"], "filter_invalid"),
        (["search", "acme-dana", "AcmeTsk"], "entity_unknown"),
        (["search", "nobody", "AcmeTask"], "connection_not_found"),
        (["search", "acme-dana", "AcmeTask", "--order-by", "titel"], "order_invalid"),
        (["search", "acme-dana", "AcmeTask", "--fields", "title,,"], "fields_invalid"),
        (["search", "acme-dana", "AcmeTask", "--limit", "0"], "limit_invalid"),
        (["search", "acme-dana", "AcmeTask", "--match", "*"], "match_invalid"),
        (["search", "acme-dana", "AcmeTask", "--after", "nonsense"], "cursor_foreign"),
        (["count", "acme-dana", "AcmeTask", "--group-by", "nothing"], "fields_invalid"),
        (["get", "nothing"], "ref_invalid"), (["get", "AcmeTask/none"], "record_not_found"),
        (["changes", "acme-dana", "--since", "nonsense"], "cursor_foreign"),
        (["changes", "nobody"], "connection_not_found"),
        (["sql", "delete from AcmeTask"], "sql_refused"), (["sql", "select * from secret"], "sql_refused"),
        (["sql", "select nothing"], "sql_refused"), (["schema", "nobody"], "connection_not_found"),
    ]

    @Test func `a question that cannot be answered is refused with a reason`() async throws {
        try await withRecords { place, _ in
            for (question, code) in Self.mistakes {
                let reply = try await place.run(question + ["--json"]).finish().reply(2)
                #expect(reply.at("error.code") == .string(code), "\(question): \(reply)")
            }
            let words = try await place.run(Self.mistakes[0].0).finish()
            #expect(words.status == .exited(2) && words.out.isEmpty && words.err.hasPrefix("✗ "), "\(words)")
        }
    }

    @Test func `a mistake in a filter is pointed at`() async throws {
        try await withRecords { place, _ in
            let outcome = try await place.max(
                "search", "acme-dana", "AcmeTask", "--filter", "title = 'a' AND stats = open")
            let lines = outcome.err.split(separator: "\n")
            let pointer = try #require(lines.firstIndex { $0.allSatisfy { $0 == " " || $0 == "^" } })
            let column = lines[pointer].count - 1
            #expect(lines[pointer - 1].dropFirst(column).hasPrefix("stats"), "\(outcome.err)")
            #expect(outcome.err.contains("status"))
        }
    }

    @Test func `changes are told from a cursor on`() async throws {
        try await withRecords { place, acme in
            var cursor: String?
            var seen: Set<String> = []
            var hasMore = true
            while hasMore {
                let since = cursor.map { ["--since", $0] } ?? []
                let reply = try await place.run(["changes", "acme-dana", "--json", "--limit", "100"] + since).finish()
                    .reply(0)
                for change in reply["changes"]?.array ?? [] { seen.insert(try #require(change["ref"]?.string)) }
                cursor = reply["next"]?.string
                hasMore = reply["more"] == true
            }
            #expect(try await place.stored() == seen.count)
            let since = try #require(cursor)
            let id = try await AcmeHand(acme).addTask("Order new labels", to: try await place.project())
            try await place.sync()
            let lines = try await place.max("changes", "acme-dana", "--since", since, "-o", "ndjson").out
                .split(separator: "\n").map { try JSON(parsing: Data($0.utf8)) }
            #expect(lines.count == 2)
            #expect(lines[0]["change"] == "changed" && lines[0].at("record.id") == .string(id))
            #expect(lines[1]["next"]?.string != nil && lines[1]["more"] == false)
            try await AcmeHand(acme).send("DELETE", "tasks/\(id)")
            try await place.sync()
            let words = try await place.max("changes", "acme-dana", "--since", since)
            #expect(words.out.contains("gone") && words.out.contains("acme-dana:AcmeTask/\(id)"))
        }
    }

    @Test func `SQL reads records in every form`() async throws {
        try await withRecords { place, _ in
            let select = "select status, count(*) as n from AcmeTask group by status order by n desc"
            let reply = try await place.max("sql", select, "--json").reply(0)
            #expect(reply["columns"] == ["status", "n"] && reply["more"] == false)
            let rows = try #require(reply["rows"]?.array)
            let lines = try await place.max("sql", select, "-o", "ndjson").out.split(separator: "\n")
            #expect(lines.count == rows.count)
            #expect(try await place.max("sql", select, "-o", "csv").out.hasPrefix("status,n\r\n"))
            #expect(try await place.max("sql", "SELECT id FROM AcmeTask WHERE 0", "-o", "csv").out == "id\r\n")
            #expect(try await place.max("sql", select).out.hasPrefix("status"))
        }
    }

    @Test(arguments: ["json", "table"])
    func `SQL whose rows are large is cut, and says so`(form: String) async throws {
        try await withRecords { place, _ in
            let select = """
                WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 40)
                SELECT i, printf('%.4000000c', 'x') AS x FROM n
                """
            let outcome = try await place.max("sql", select, "-o", form)
            if form == "table" { return #expect(outcome.err.contains("There are more rows")) }
            let reply = try outcome.reply(0)
            #expect(reply["rows"]?.array?.count == 8 && reply["more"] == true)
        }
    }

    @Test func `the schema and the guide name what is there`() async throws {
        try await withRecords { place, _ in
            let reply = try await place.max("schema", "acme", "--json").reply(0)
            let names = reply["entities"]?.array?.compactMap { $0["name"]?.string }
            #expect(names == ["AcmeWorkspace", "AcmeUser", "AcmeProject", "AcmeTask"])
            let task = try await place.max("schema", "AcmeTask", "--json").reply(0)
            #expect(task.at("entities.0.connections.acme-dana") != nil)
            let words = try await place.max("schema", "AcmeTask")
            #expect(words.out.contains("ref to AcmeUser") && words.out.contains("indexed"))
            let guide = try await place.max("guide")
            #expect(guide.status == .exited(0))
            for name in ["acme-dana", "dana@acme.test"] + (names ?? []) { #expect(guide.out.contains(name)) }
            #expect(try await place.max("guide", "--json").reply(0)["guide"]?.string?.hasPrefix("# Max") == true)
        }
    }

    @Test func `before anything was collected the schema tells what would be`() async throws {
        try await withPlayground { place in
            let reply = try await place.max("schema", "acme", "--json").reply(0)
            #expect(reply["entities"]?.array?.contains { $0["name"] == "AcmeTask" } == true)
            #expect(try await place.max("guide").out.contains("max connect <connector>"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)
        }
    }

    @Test func `what a provider wrote cannot move the cursor or run as a formula`() async throws {
        try await withRecords { place, acme in
            let project = try await place.project()
            let id = try await AcmeHand(acme).addTask("=cmd()\u{1B}[2J\u{7}, \"quoted\"", to: project)
            try await place.sync()
            let question = ["search", "acme-dana", "AcmeTask", "--filter", "id = \(id)", "--fields", "title"]
            let table = try await place.run(question).finish().out
            #expect(!table.contains("\u{1B}") && !table.contains("\u{7}") && table.contains("=cmd()"))
            let csv = try await place.run(question + ["-o", "csv"]).finish().out
            #expect(csv.hasSuffix(",\(id),\"'=cmd()\u{1B}[2J\u{7}, \"\"quoted\"\"\"\r\n"), "\(csv.debugDescription)")
            let found = try await place.max("get", "AcmeTask/\(id)")
            #expect(!found.out.contains("\u{1B}"))
            let program = TerminalProgram(
                TerminalProgram.built("max"), question + ["-o", "csv"], environment: place.environment,
                directory: place.folder.path, columns: 120, rows: 20)
            try await withPseudoTerminal(program) { tty in
                try await tty.expect("'=cmd()\u{FFFD}[2J\u{FFFD}, \"\"quoted\"\"")
                try await tty.expectEnd(0)
            }
        }
    }

    @Test func `a table keeps to the window and names what it left out`() async throws {
        try await withRecords { place, _ in
            let program = TerminalProgram(
                TerminalProgram.built("max"), ["search", "acme-dana", "AcmeTask", "--limit", "3"],
                environment: place.environment, directory: place.folder.path, columns: 60, rows: 20)
            try await withPseudoTerminal(program) { tty in
                try await tty.expect("choose with --fields")
                try await tty.expectEnd(0)
                let rows = tty.screen.split(separator: "\n")
                #expect(rows.first?.hasPrefix("id") == true)
                #expect(rows.prefix(4).allSatisfy { $0.count <= 60 }, "\(tty.screen)")
            }
        }
    }
}
