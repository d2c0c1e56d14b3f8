internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import Testing

@testable internal import MaxQuery

/// The way from page to page, and from change to change.
struct CursorTests {
    private func withTasks(_ count: Int, _ body: (QueryProject, ConnectionID) async throws -> Void) async throws {
        try await QueryProject.with { project in
            let connection = try await project.connect("work")
            try await project.store.prepare(.demo, of: "demo")
            _ = try await project.store.write(
                (0..<count).map { Self.task($0, votes: $0 % 7) }, of: connection, at: now)
            try await body(project, connection)
        }
    }

    private static func task(_ id: Int, title: String = "x", votes: Int = 0) -> Record {
        Record(
            DemoTask.self, id: "t\(id)",
            ["title": .string(title), "votes": votes == 6 ? nil : JSON(votes), "changedAt": "2026-03-01"])
    }

    @Test(arguments: ["votes", "votes desc", "changedAt", "title, votes desc", "assignee.name, votes", nil])
    func `paging with an order loses and doubles nothing while others write`(order: String?) async throws {
        try await withTasks(90) { project, connection in
            var request = SearchRequest(scope: "work", entity: "DemoTask", orderBy: order, limit: 7)
            var (found, page) = ([String](), 0)
            repeat {
                let reply = try await project.service().search(request)
                found += reply.records.map(\.ref.id)
                request.after = reply.next
                page += 1
                // New records appear everywhere in the order, and those of odd ids are told again.
                let others = (0..<3).map { Self.task(1000 + page * 10 + $0, votes: $0 * page % 7) }
                let again = (0..<9).map { Self.task($0 * 2 + 1, votes: ($0 * 2 + 1) % 7) }
                _ = try await project.store.write(others + again, of: connection, at: now)
            } while request.after != nil && page < 60
            #expect(request.after == nil)
            #expect(Set(found).count == found.count)
            #expect(Set(found).isSuperset(of: (0..<90).map { "t\($0)" }))
        }
    }

    @Test func `an order that nearly all share is paged to its end`() async throws {
        try await withTasks(50) { project, _ in
            let pages = try await project.service().pages(
                SearchRequest(scope: "work", entity: "DemoTask", orderBy: "changedAt desc", limit: 3))
            var ids: [String] = []
            for try await page in pages { ids += page.map(\.ref.id) }
            #expect(ids == (0..<50).reversed().map { "t\($0)" })
        }
    }

    @Test(arguments: ["title", "title desc", "votes, title desc"])
    func `a cursor is short however long the value is that it stands at, and leads on exactly`(
        order: String
    ) async throws {
        try await withTasks(0) { project, connection in
            let long = String(repeating: "é\u{0}long ", count: 20_000)
            let titles = ["", "a", "b", "c"].flatMap { tail in ["0" + tail, long + tail, long + tail, "z" + tail] }
            let tasks = titles.enumerated().map { Self.task($0, title: $1) }
            _ = try await project.store.write(tasks, of: connection, at: now)
            var request = SearchRequest(scope: "work", entity: "DemoTask", orderBy: order, fields: "id", limit: 100)
            let whole = try await project.service().search(request).records.map(\.ref.id)
            var found: [String] = []
            request.limit = 1
            repeat {
                let reply = try await project.service().search(request)
                found += reply.records.map(\.ref.id)
                request.after = reply.next
                #expect((request.after?.utf8.count ?? 0) < 1000)
            } while request.after != nil && found.count < 20
            #expect(found == whole && found.count == 16)
        }
    }

    @Test(arguments: ["title", "title desc"])
    func `nothing is passed over behind a long value that has changed since`(order: String) async throws {
        try await withTasks(0) { project, connection in
            let long = String(repeating: "long ", count: 1000)
            let tasks = (0..<9).map { Self.task($0, title: long + String($0)) }
            _ = try await project.store.write(tasks, of: connection, at: now)
            var request = SearchRequest(scope: "work", entity: "DemoTask", orderBy: order, limit: 3)
            let first = try await project.service().search(request)
            let last = try #require(first.records.last).ref.id
            let changed = Self.task(Int(last.dropFirst()) ?? 0, title: "x")
            _ = try await project.store.write([changed], of: connection, at: now)
            (request.after, request.limit) = (first.next, 100)
            let rest = try await project.service().search(request).records.map(\.ref.id)
            #expect(Set(first.records.map(\.ref.id) + rest).count == 9)
        }
    }

    @Test func `a cursor of another question is refused`() async throws {
        try await withTasks(9) { project, _ in
            _ = try await project.connect("other")
            let asked = SearchRequest(
                scope: "work", entity: "DemoTask", filter: "votes >= 0", orderBy: "votes", limit: 2)
            let cursor = try #require(try await project.service().search(asked).next)
            var others = [asked, asked, asked, asked, asked, asked]
            others[0].filter = "votes > 0"
            others[1].orderBy = "votes desc"
            others[2].orderBy = nil
            others[3].scope = "all"
            others[4].match = "x"
            others[5].entity = "DemoUser"
            others[5].filter = nil
            others[5].orderBy = nil
            for var other in others {
                other.after = cursor
                let error = await #expect(throws: MaxError.self) { try await project.service().search(other) }
                #expect(error?.code == .cursorForeign)
            }
            var same = asked
            (same.after, same.limit, same.fields) = (cursor, 100, "title")
            #expect(try await project.service().search(same).records.count == 6)
        }
    }

    @Test(arguments: ["", "x", "0.", "0.AAAA", ".", "zzzzzzzzzzzzzzzzz.x", "-1.e30", "👍.👍", "0.W10", "0.bnVsbA"])
    func `rubbish is no cursor`(text: String) async throws {
        try await withTasks(3) { project, _ in
            let error = await #expect(throws: MaxError.self) {
                try await project.service().search(SearchRequest(scope: "work", entity: "DemoTask", after: text))
            }
            #expect(error?.code == .cursorForeign)
            let other = await #expect(throws: MaxError.self) {
                try await project.service().changes(ChangesRequest(connection: "work", since: text))
            }
            #expect(other?.code == .cursorForeign)
        }
    }

    @Test func `a cursor with a letter changed is refused or leads on, and never fails otherwise`() async throws {
        try await withTasks(9) { project, _ in
            let asked = SearchRequest(scope: "work", entity: "DemoTask", orderBy: "votes, title", limit: 2)
            let cursor = Array(try #require(try await project.service().search(asked).next).unicodeScalars)
            for place in cursor.indices {
                var (changed, other) = (cursor, asked)
                changed[place] = changed[place] == "A" ? "B" : "A"
                other.after = String(changed)
                do { _ = try await project.service().search(other) } catch {
                    #expect((error as? MaxError)?.code == .cursorForeign, "\(place)")
                }
            }
        }
    }

    @Test func `relative dates start on every page where they started on the first`() async throws {
        try await withTasks(5) { project, _ in
            var request = SearchRequest(
                scope: "work", entity: "DemoTask", filter: "changedAt > -4d", orderBy: "votes", limit: 2)
            let first = try await project.service(at: now).search(request)
            request.after = first.next
            let later = try await project.service(at: now + 30 * 86_400).search(request)
            #expect(later.records.count == 2)
            request.after = nil
            #expect(try await project.service(at: now + 30 * 86_400).search(request).records.isEmpty)
        }
    }

    @Test func `changes are told once each, and later ones from there on`() async throws {
        try await withTasks(5) { project, connection in
            let (service, other) = (project.service(), try await project.connect("other"))
            var request = ChangesRequest(connection: "The work", limit: 3)
            let first = try await service.changes(request)
            #expect(first.changes.map(\.id) == ["t0", "t1", "t2"])
            #expect(first.hasMore)
            request.since = first.next
            let second = try await service.changes(request)
            #expect(second.changes.map(\.id) == ["t3", "t4"])
            #expect(!second.hasMore)
            request.since = second.next
            let none = try await service.changes(request)
            #expect(none.changes.isEmpty)
            #expect(none.next == second.next)
            _ = try await project.store.write([Self.task(1, votes: 5)], of: connection, at: now)
            _ = try await project.store.write([Self.task(8, votes: 5)], of: other, at: now)
            #expect(try await service.changes(request).changes.map(\.id) == ["t1"])
            request.connection = "other"
            let error = await #expect(throws: MaxError.self) { try await service.changes(request) }
            #expect(error?.code == .cursorForeign)
        }
    }

    @Test func `walking through the pages ends with its task`() async throws {
        try await withTasks(20) { project, _ in
            let pages = try await project.service().pages(SearchRequest(scope: "work", entity: "DemoTask", limit: 1))
            let walk = Task {
                var count = 0
                for try await _ in pages {
                    count += 1
                    if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
                }
                return count
            }
            await #expect(throws: CancellationError.self) { try await walk.value }
        }
    }
}

extension QueriedChange {
    fileprivate var id: String {
        switch self {
        case .changed(let record): record.ref.id
        case .gone(let ref): "gone \(ref.id)"
        }
    }
}
