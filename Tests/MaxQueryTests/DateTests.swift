internal import Foundation
internal import MaxCore
internal import Testing

@testable internal import MaxQuery

/// What dates in filters mean, at 2026-03-04 10:20:30 UTC.
struct DateTests {
    @Test(arguments: [
        ("'2026-01-05'", "2026-01-05", "2026-01-06"),
        ("2026-01-05", "2026-01-05", "2026-01-06"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("'2026-12'", "2026-12", "2027-01"),
        ("2026", "2026", "2027"),
        ("9999-12-31", "9999-12-31", ":"),
        ("2026-01-05T09:00", "2026-01-05T09:00", "2026-01-05T09:01"),
        ("'2026-01-05 09:00'", "2026-01-05T09:00", "2026-01-05T09:01"),
        ("2026-01-05T23:59:59Z", "2026-01-05T23:59:59", "2026-01-06T00:00:00"),
        ("2026-01-05T01:00:00+02:00", "2026-01-04T23:00:00", "2026-01-04T23:00:01"),
        ("2026-01-05T01:00:00-0530", "2026-01-05T06:30:00", "2026-01-05T06:30:01"),
        ("today", "2026-03-04", "2026-03-05"),
        ("Yesterday", "2026-03-03", "2026-03-04"),
        ("tomorrow", "2026-03-05", "2026-03-06"),
        ("now", "2026-03-04T10:20:30", "2026-03-04T10:20:31"),
        ("-3h", "2026-03-04T07:20:30", "2026-03-04T07:20:31"),
        ("+90min", "2026-03-04T11:50:30", "2026-03-04T11:50:31"),
    ])
    func `a date stands for the whole time that it names`(value: String, first: String, next: String) throws {
        let meanings = [
            "=": "(dueDate >= '\(first)' AND dueDate < '\(next)')",
            "!=": "NOT (dueDate >= '\(first)' AND dueDate < '\(next)')",
            "<": "dueDate < '\(first)'", "<=": "dueDate < '\(next)'", ">": "dueDate >= '\(next)'",
            ">=": "dueDate >= '\(first)'",
        ]
        for (sign, meaning) in meanings { #expect(try condition("dueDate \(sign) \(value)")?.shown == meaning) }
    }

    @Test(arguments: [
        ("-7d", "2026-02-25T10:20:30", "2026-02-25", "2026-02-26"),
        ("+2w", "2026-03-18T10:20:30", "2026-03-18", "2026-03-19"),
        ("-1mo", "2026-02-04T10:20:30", "2026-02-04", "2026-02-05"),
        ("-1y", "2025-03-04T10:20:30", "2025-03-04", "2025-03-05"),
    ])
    func `some days away is a moment to be before or after, and a day to be equal to`(
        value: String, moment: String, day: String, next: String
    ) throws {
        for sign in ["<", "<=", ">", ">="] {
            #expect(try condition("dueDate \(sign) \(value)")?.shown == "dueDate \(sign) '\(moment)'")
        }
        #expect(try condition("dueDate = \(value)")?.shown == "(dueDate >= '\(day)' AND dueDate < '\(next)')")
        #expect(try condition("dueDate != \(value)")?.shown == "NOT (dueDate >= '\(day)' AND dueDate < '\(next)')")
    }

    @Test func `a fraction of a second is one instant`() throws {
        #expect(
            try condition("dueDate > 2026-01-05T10:00:00.123+01:00")?.shown == "dueDate > '2026-01-05T09:00:00.123Z'")
    }

    @Test func `a list of dates is any of them`() throws {
        #expect(
            try condition("dueDate IN (2026-01-05, null)")?.shown
                == "((dueDate >= '2026-01-05' AND dueDate < '2026-01-06') OR dueDate IS NULL)")
    }

    @Test(arguments: [
        "2026-13-01", "2025-02-29", "2026-01-05T24:00:00Z", "2026-01-05T10:60Z", "26-01-05", "2026-1-5", "-7", "7d",
        "-7m", "-7q", "--7d", "-9999999d", "-999999y", "+999999y", "2026-01-05T10:00:00+25:00", "٢٠٢٦-٠١-٠٥",
        "0000-01-01T00:00:00+01:00", "2026-01-05Z",
    ])
    func `refuses what is no date`(value: String) {
        #expect(complaint { _ = try condition("dueDate = \(value)") }?.hasPrefix("dueDate is a date") == true)
    }
}
