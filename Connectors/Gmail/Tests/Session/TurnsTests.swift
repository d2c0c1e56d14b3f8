import MaxConnector
import MaxCore
import Synchronization
import Testing

@testable import GmailConnector

/// Who waits for a turn, and who does not any more.
struct TurnsTests {
    @Test(.timeLimit(.minutes(1)), arguments: [0, 100])
    func `lets go of one who is cancelled, and passes the turn on to the next`(yields: Int) async throws {
        let turns = IMAPTurns()
        try await turns.take()
        let leaving = Task { try await turns.take() }
        for _ in 0..<yields { await Task.yield() }
        leaving.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        let staying = Task { try await turns.take() }
        turns.give()
        try await staying.value
        turns.give()
        #expect(!turns.areTaken)
    }

    @Test(.timeLimit(.minutes(1)))
    func `gives out as many turns at once as there are places`() async throws {
        let turns = IMAPTurns(places: 3)
        let crowd = Crowd()
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    try await turns.take()
                    crowd.count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                    await Task.yield()
                    crowd.count.withLock { $0.now -= 1 }
                    turns.give()
                }
            }
            try await group.waitForAll()
        }
        #expect((1...3).contains(crowd.count.withLock { $0.most }))
        #expect(!turns.areTaken)
    }

    @Test(.timeLimit(.minutes(1)))
    func `lets go of one who waits for a line and is cancelled`() async throws {
        try await PlainMail([1]).serve { server in
            let session = MailSession(server)
            let most = UpstreamOperation.mail.concurrency
            let end = IMAPTurns()
            try await end.take()
            let (news, told) = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<most {
                    group.addTask {
                        try await session.use { _ in
                            told.yield()
                            try await end.take()
                            end.give()
                        }
                    }
                }
                var news = news.makeAsyncIterator()
                for _ in 0..<most { await news.next() }
                let waiting = Task { try await session.use { _ in } }
                for _ in 0..<100 { await Task.yield() }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                end.give()
                try await group.waitForAll()
            }
            try await session.use { _ in }
            await session.close()
        }
    }
}

/// How many are inside, and how many were at most.
private final class Crowd: Sendable {
    let count = Mutex<(now: Int, most: Int)>((0, 0))
}
