internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxQuery

/// What filters mean.
struct FilterTests {
    @Test(arguments: [
        ("status = open", "status = 'open'"),
        ("status = 'open' AND votes > 1 OR done = true", "((status = 'open' AND votes > 1) OR done = true)"),
        ("done = true or status = open and votes > 1", "(done = true OR (status = 'open' AND votes > 1))"),
        ("(done = true OR status = open) AND votes > 1", "((done = true OR status = 'open') AND votes > 1)"),
        ("NOT done = true AND votes = 1", "(NOT done = true AND votes = 1)"),
        ("NOT (done = true AND votes = 1)", "NOT (done = true AND votes = 1)"),
        ("not not done = true", "done = true"),
        ("NOT status = a OR NOT status = b", "(NOT status = 'a' OR NOT status = 'b')"),
        ("((status=open))", "status = 'open'"),
        ("a.b = 1", nil),
        ("", nil),
        (" \n ", nil),
    ])
    func `AND binds tighter than OR, and NOT tighter than both`(filter: String, meaning: String?) throws {
        #expect((try? condition(filter))??.shown == meaning)
    }

    @Test(arguments: [
        ("status != open", "status != 'open'"),
        ("votes<5", "votes < 5"),
        ("votes<=-5", "votes <= -5"),
        ("votes >+5", "votes > 5"),
        ("estimate >= 2.5", "estimate >= 2.5"),
        ("estimate = 1e3", "estimate = 1000.0"),
        ("votes = 99999999999999999999", "votes = 1e+20"),
        ("votes = '5'", "votes = 5"),
        ("done = TRUE", "done = true"),
        ("status IN (open, 'in progress', null)", "status IN ['open', 'in progress', null]"),
        ("status NOT IN (open)", "NOT status IN ['open']"),
        ("title CONTAINS 50%", "title CONTAINS '50%'"),
        ("title NOT contains _", "NOT title CONTAINS '_'"),
        ("labels CONTAINS bug", "labels CONTAINS 'bug'"),
        ("page STARTS WITH 'https://a.test/?q=1'", "page STARTS WITH 'https://a.test/?q=1'"),
        ("assignee = usr_1", "assignee = 'usr_1'"),
        ("id = 17", "id = '17'"),
        ("title IS NULL", "title IS NULL"),
        ("title IS NOT NULL", "NOT title IS NULL"),
        ("title = null", "title IS NULL"),
        ("title != NULL", "NOT title IS NULL"),
        ("title = 'null'", "title = 'null'"),
        ("title = true", "title = 'true'"),
        ("DUEDATE is null", "dueDate IS NULL"),
        ("MATCHES 'launch \"big plan\" rev*'", "MATCHES [launch, big plan, rev*]"),
        ("title MATCHES plan", "title MATCHES [plan]"),
        ("title NOT MATCHES plan", "NOT title MATCHES [plan]"),
        ("assignee.name MATCHES dana", "assignee.name MATCHES [dana]"),
    ])
    func `reads every test`(filter: String, meaning: String) throws {
        #expect(try condition(filter)?.shown == meaning)
    }

    @Test(arguments: [
        ("title = 'it''s'", "it's"),
        (#"title = 'it\'s'"#, "it's"),
        (#"title = "say ""hi""""#, #"say "hi""#),
        (#"title = "say \"hi\"""#, #"say "hi""#),
        (#"title = 'C:\temp\\'"#, #"C:\temp\"#),
        ("title = '%_\"; DROP TABLE x; --'", "%_\"; DROP TABLE x; --"),
        ("title = 'a\0b'", "a\0b"),
        ("title = '👨‍👩‍👧 naïve'", "👨‍👩‍👧 naïve"),
        ("title = 'AND OR NOT'", "AND OR NOT"),
        ("title = ''", ""),
        ("title = 'a\nb'", "a\nb"),
        ("title = '\u{301}e'", "\u{301}e"),
    ])
    func `takes a text as it is`(filter: String, text: String) throws {
        let path = FieldPath(field: "title", kind: .string)
        #expect(try condition(filter) == .compare(path, .equal, .text(text)))
    }

    @Test func `steps over refs`() throws {
        let user = FieldPath.Step(field: "assignee", entity: "DemoUser")
        let team = FieldPath.Step(field: "team", entity: "DemoTeam")
        let lead = FieldPath.Step(field: "lead", entity: "DemoUser")
        #expect(
            try condition("assignee.email = 'd@x.test'")
                == .compare(FieldPath(steps: [user], field: "email", kind: .string), .equal, .text("d@x.test")))
        #expect(
            try condition("assignee.team.lead.team.code IS NULL")
                == .isNull(FieldPath(steps: [user, team, lead, team], field: "code", kind: .string)))
        #expect(
            try condition("assignee.id = 7")
                == .compare(FieldPath(steps: [user], field: "id", kind: .string), .equal, .text("7")))
    }

    @Test func `reads forty parentheses and no more`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "done = true" + String(repeating: ")", count: depth)
        }
        #expect(try condition(nested(40))?.shown == "done = true")
        #expect(complaint { _ = try condition(nested(41)) }?.hasPrefix("Parentheses nest deeper than 40") == true)
        #expect(complaint { _ = try condition(nested(30_000)) }?.hasPrefix("Parentheses nest deeper than 40") == true)
    }

    @Test func `reads thousands of NOTs and values, and a thousand tests`() throws {
        let nots = String(repeating: "NOT ", count: 10_001)
        #expect(try condition(nots + "done = true")?.shown == "NOT done = true")
        let many = Array(repeating: "votes=1", count: 1000).joined(separator: " OR ")
        guard case .any(let parts)? = try condition(many) else { return #expect(Bool(false)) }
        #expect(parts.count == 1000)
        #expect(
            complaint { _ = try condition(many + " OR done = true") }?.hasPrefix("These are more than 1000") == true)
        let values = (0..<9000).map { "\($0)" }.joined(separator: ",")
        guard case .oneOf(_, let list)? = try condition("votes IN (\(values))") else { return #expect(Bool(false)) }
        #expect(list.count == 9000)
    }

    @Test func `refuses what is longer than 64 KB`() {
        let long = "title = '" + String(repeating: "x", count: 64 << 10) + "'"
        #expect(complaint { _ = try condition(long) } == "This is longer than 64 KB.")
    }
}
