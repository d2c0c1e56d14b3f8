import Foundation
import MaxCore
import Testing

@testable import GitHubConnector

struct ChangePlaceTests {
    private let first = "2026-01-05T09:00:00Z"
    private let later = "2026-01-05T09:00:01Z"

    private func issue(_ number: Int, _ moment: String, comments: Int = 0) throws -> GitHubClient.Issue {
        let json: JSON = [
            "number": JSON(number), "title": "T", "state": "open", "html_url": "https://github.com/o/r/issues/1",
            "updated_at": .string(moment), "comments": JSON(comments), "repository": ["id": 1],
        ]
        return try json.decode()
    }

    @Test func `goes on from the last moment, and knows what changed in it`() throws {
        let place = try ChangePlace(since: first).moved(past: [try issue(1, first), try issue(2, later)], isFull: true)
        #expect(place.since == later)
        #expect(place.page == 1)
        #expect(place.known.count == 1)
        #expect(ChangePlace(place.cursor) == place)
    }

    @Test func `turns the page where more than a page changed in one second`() throws {
        let start = try ChangePlace(since: first).moved(past: [try issue(1, first)], isFull: true)
        #expect((start.since, start.page) == (first, 2))
        let next = try start.moved(past: [try issue(2, first)], isFull: true)
        #expect((next.since, next.page, next.known.count) == (first, 3, 2))
        let end = try next.moved(past: [try issue(3, first)], isFull: false)
        #expect((end.since, end.page, end.known.count) == (first, 1, 3))
    }

    @Test func `stays where nothing changed`() throws {
        let place = ChangePlace(since: first)
        #expect(try place.moved(past: [], isFull: false) == place)
    }

    @Test func `knows an issue no longer when something was said in the same second`() throws {
        let before = try ChangePlace(since: first).moved(past: [try issue(1, first)], isFull: false)
        let after = try ChangePlace(since: first).moved(past: [try issue(1, first, comments: 1)], isFull: false)
        #expect(before.known.isDisjoint(with: after.known))
    }

    @Test(arguments: ["", "{}", "2026-01-05T09:00:00Z", "[1]"])
    func `takes what is no place of its own for none`(cursor: String) {
        #expect(ChangePlace(cursor) == nil)
    }
}
