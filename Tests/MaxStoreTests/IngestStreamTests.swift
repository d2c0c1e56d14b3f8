internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Synchronization
internal import Testing

@testable internal import MaxStore

/// Many lines, and sources that stall, fail or never end.
struct IngestStreamTests {
    @Test func `stores many lines in several transactions, and the same again changes nothing`() async throws {
        try await withRecords { store in
            let lines = Lines(count: 5)
            let first = try await store.write(lines: lines, as: "Thing", of: .one, at: noon)
            #expect(first.counts == ["Thing": .init(added: 5 * Lines.perChunk)])
            #expect(first.lastRecord?.ref == "Thing/t\(5 * Lines.perChunk)")
            let sequence = try await store.changes(of: .one, after: 0, limit: 100_000).last?.sequence ?? 0
            let again = try await store.write(lines: lines, as: "Thing", of: .one, at: noon)
            #expect(again.counts == ["Thing": .init(unchanged: 5 * Lines.perChunk)])
            #expect(try await store.changes(of: .one, after: sequence, limit: 1).isEmpty)
            #expect(try await store.tallies().map(\.count) == [5 * Lines.perChunk])
        }
    }

    @Test func `reads no further ahead than a few batches`() async throws {
        try await withRecords { store in
            let furthest = Mutex(0)
            let lines = Lines(count: 12) { chunk in
                let stored = try await store.tallies().first?.count ?? 0
                furthest.withLock { $0 = max($0, chunk * Lines.perChunk - stored) }
            }
            _ = try await store.write(lines: lines, as: "Thing", of: .one, at: noon)
            #expect(furthest.withLock { $0 } <= 4 * LineBatch.mostRows)
        }
    }

    @Test func `a source that fails passes its error on, with the whole lines before it stored`() async throws {
        try await withRecords { store in
            let lines = Lines(count: 3, tail: Array(#"{"id":"half"}"#.utf8)) { if $0 == 3 { throw Lines.Broken() } }
            await #expect(throws: Lines.Broken.self) {
                try await store.write(lines: lines, as: "Thing", of: .one, at: noon)
            }
            let stored = try await store.tallies().map(\.count)
            #expect(stored == [3 * Lines.perChunk])
            #expect(try await store.thing("half") == nil)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a source without end stops when its task is cancelled`() async throws {
        try await withRecords { store in
            let lines = Lines(count: .max) { chunk in
                if chunk == 4 { withUnsafeCurrentTask { $0?.cancel() } }
            }
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup { group in
                    group.addTask { _ = try await store.write(lines: lines, as: "Thing", of: .one, at: noon) }
                    try await group.waitForAll()
                }
            }
            let stored = try await store.tallies().first?.count ?? 0
            #expect(stored > 0)
        }
    }

    @Test func `an erased connection gets nothing more`() async throws {
        try await withRecords { store in
            let lines = Lines(count: 6) { if $0 == 3 { try await store.erase(.one, at: noon) } }
            await #expect(throws: MaxError.self) {
                try await store.write(lines: lines, as: "Thing", of: .one, at: noon)
            }
            let left = try await store.column("SELECT count(*) FROM Thing")
            #expect(left == ["0"])
        }
    }
}

/// Chunks of whole lines, each of another thing; `before` is told how many chunks there were.
private struct Lines: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    static let perChunk = 1500
    struct Broken: Error {}

    let count: Int
    var tail: [UInt8] = []
    var before: @Sendable (Int) async throws -> Void = { _ in }

    func makeAsyncIterator() -> Iterator { Iterator(lines: self) }

    struct Iterator: AsyncIteratorProtocol {
        let lines: Lines
        var chunk = 0

        mutating func next() async throws -> [UInt8]? {
            try await lines.before(chunk)
            guard chunk < lines.count else { return nil }
            chunk += 1
            let first = (chunk - 1) * Lines.perChunk + 1
            let text = (first..<first + Lines.perChunk).map { #"{"id":"t\#($0)","name":"thing \#($0)"}"# + "\n" }
            return Array(text.joined().utf8) + (chunk == lines.count ? lines.tail : [])
        }
    }
}
