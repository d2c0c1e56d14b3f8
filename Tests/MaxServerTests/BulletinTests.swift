import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxEngines

struct BulletinTests {
    /// A project with an account, and a bulletin that looks at it often.
    private func withBulletin(_ body: @escaping @Sendable (Site, Bulletin) async throws -> Void) async throws {
        try await Site.with { site in
            try await site.connect("one")
            let bulletin = Bulletin(site.engines, pace: Bulletin.Pace(glance: .milliseconds(2)))
            let start = bulletin.number
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await bulletin.run() }
                while bulletin.number == start { await Task.yield() }
                try await body(site, bulletin)
                group.cancelAll()
            }
        }
    }

    private func news(_ events: AsyncStream<Bulletin.Event>, _ kind: Bulletin.Kind) async -> Bulletin.Event? {
        await events.first { $0.kind == kind }
    }

    @Test func `tells of a connection that got another name`() async throws {
        try await withBulletin { site, bulletin in
            let events = bulletin.events()
            var connection = try #require(try await site.store.connections().first)
            connection.label = "Renamed"
            try await site.store.rename(connection.id, label: "Renamed", slug: connection.slug)
            let event = try #require(await news(events, .connections))
            let sources = try #require(try JSON(parsing: Data(event.data.utf8))["sources"]?.array)
            #expect(sources.map { $0["label"] } == [.string("Renamed")])
        }
    }

    @Test func `tells of a sync that is asked for and over`() async throws {
        try await withBulletin { site, bulletin in
            let events = bulletin.events()
            let run = try #require(try await site.store.runs(of: nil, limit: 1).first)
            _ = try await site.store.requestCancel(run.id, at: Date())
            let event = try #require(await news(events, .run))
            #expect(try JSON(parsing: Data(event.data.utf8))["run"]?["state"] == "cancelled")
        }
    }

    @Test func `tells of a notice that is new, and of one that was read`() async throws {
        try await withBulletin { site, bulletin in
            let events = bulletin.events()
            let draft = NoticeDraft(.diskLow, key: NoticeKey(.diskLow, "low"), title: "Full", sentence: "")
            let turn = NoticeTurn(raised: [NoticeTurn.Raised(draft, as: NoticeID(in: .real))])
            _ = try await site.store.turn(turn, at: Date())
            let new = try JSON(parsing: Data(#require(await news(events, .notices)).data.utf8))
            #expect(new["unread"] == 1 && new["notices"]?.array?.map { $0["title"] } == ["Full"])
            try await site.store.readNotices(nil, at: Date())
            let read = try JSON(parsing: Data(#require(await news(events, .notices)).data.utf8))
            #expect(read["unread"] == 0)
        }
    }

    @Test func `tells five hundred listeners the same`() async throws {
        try await withBulletin { site, bulletin in
            let listeners = (0..<500).map { _ in bulletin.events() }
            try await site.connect("two")
            let seen = await withTaskGroup(of: Bulletin.Event?.self) { group in
                for events in listeners { group.addTask { await news(events, .connections) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(seen.count == 500)
            #expect(Set(seen.map { $0?.number }).count == 1 && seen.allSatisfy { $0 != nil })
        }
    }

    @Test func `goes on behind the event that a listener knows`() async throws {
        try await withBulletin { site, bulletin in
            let known = bulletin.number
            let first = bulletin.events()
            try await site.connect("two")
            let event = try #require(await news(first, .connections))
            let again = bulletin.events(after: known)
            #expect(await news(again, .connections) == event)
        }
    }

    @Test(arguments: [-1, 1]) func `has a listener look anew that knows an event of another time`(offset: Int)
        async throws
    {
        try await withBulletin { _, bulletin in
            let events = bulletin.events(after: bulletin.number + offset * 1_000_000)
            #expect(await events.first { _ in true }?.kind == .resync)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `goes on while hundreds who listen leave at the moment that something happens`()
        async throws
    {
        try await withBulletin { site, bulletin in
            let connection = try #require(try await site.store.connections().first)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 0..<200 {
                        let known = bulletin.number
                        try await site.store.rename(connection.id, label: "Name \(round)", slug: connection.slug)
                        while bulletin.number == known { await Task.yield() }
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        let listeners = (0..<300).map { _ in
                            let events = bulletin.events()
                            return Task { for await _ in events {} }
                        }
                        await Task.yield()
                        for listener in listeners { listener.cancel() }
                        for listener in listeners { await listener.value }
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    @Test func `ends everybody's events with itself`() async throws {
        try await Site.with { site in
            let bulletin = Bulletin(site.engines, pace: Bulletin.Pace(glance: .milliseconds(2)))
            let events = bulletin.events()
            let work = Task { await bulletin.run() }
            work.cancel()
            #expect(await events.first { _ in true } == nil)
            await work.value
        }
    }
}

struct BulletinBoardTests {
    private func news(_ count: Int) throws -> [BulletinNews] {
        try (0..<count).map { try BulletinNews(.run, .init(gone: ["\($0)"])) }
    }

    private func post(_ news: [BulletinNews], on board: inout BulletinBoard) {
        let behind = board.post(news).handOut()
        board.note(behind: behind)
    }

    private func listen(_ board: inout BulletinBoard, after: Int? = nil) -> AsyncStream<Bulletin.Event> {
        let (stream, listener) = AsyncStream.makeStream(
            of: Bulletin.Event.self, bufferingPolicy: .bufferingOldest(Bulletin.queue))
        _ = board.add(listener, after: after)
        return stream
    }

    @Test func `keeps no more for a slow listener than its queue, and has it look anew once it takes again`()
        async throws
    {
        var board = BulletinBoard(number: 0)
        let slow = listen(&board)
        post(try news(Bulletin.queue + 10), on: &board)
        post(try news(10), on: &board)
        var events = slow.makeAsyncIterator()
        var numbers: [Int] = []
        while numbers.count < Bulletin.queue, let event = await events.next() { numbers.append(event.number) }
        #expect(numbers == Array(1...Bulletin.queue))
        post([], on: &board)
        #expect(await events.next()?.kind == .resync)
        post(try news(1), on: &board)
        let next = await events.next()
        #expect(next?.kind == .run && next?.number == board.number)
    }

    @Test func `forgets the oldest events`() async throws {
        var board = BulletinBoard(number: 0)
        post(try news(Bulletin.memory + 5), on: &board)
        for (known, kind) in [(4, Bulletin.Kind.resync), (Bulletin.memory, .run)] {
            let events = listen(&board, after: known)
            #expect(await events.first { _ in true }?.kind == kind)
        }
    }

    @Test func `has whoever knew the time before the first look look anew`() async throws {
        var board = BulletinBoard(number: 100)
        board.begin()
        let events = listen(&board, after: 100)
        #expect(await events.first { _ in true }?.kind == .resync)
    }
}
