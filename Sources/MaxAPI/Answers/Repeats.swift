internal import HTTPTypes
internal import MaxCore
internal import MaxHub
internal import MaxServer
internal import Synchronization

/// The answers to requests that carried an `Idempotency-Key`, for those that come again.
///
/// They are kept in memory, the newest thousand for a day at most: a request that comes again after that is done again.
/// One that failed is not kept, since it did nothing.
final class Repeats: Sendable {
    private let entries = Mutex<[Key: Entry]>([:])
    private let now: @Sendable () -> Double

    private static let most = 1000
    private static let lifetime: Double = 24 * 3600

    /// A request as its sender names it.
    struct Key: Sendable, Hashable {
        let asker: String
        let route: String
        let word: String
    }

    private struct Entry: Sendable {
        let body: Fingerprint
        let since: Double
        /// Nil while the request is being worked on.
        var answer: Answer?
    }

    init(now: @escaping @Sendable () -> Double) { self.now = now }

    /// Does a request, unless it was done before; then its answer is the same.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 422 when the key came with another body, 409 while the first one is at work.
    func once(
        _ key: Key, _ body: Fingerprint, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        if let answer = try begin(key, body) { return answer }
        do {
            let answer = try await work()
            entries.withLock { $0[key]?.answer = answer }
            if !answer.isSmall { entries.withLock { $0[key] = nil } }
            return answer
        } catch {
            entries.withLock { $0[key] = nil }
            throw error
        }
    }

    /// The answer that is kept; nil when the request is to be done now.
    private func begin(_ key: Key, _ body: Fingerprint) throws -> Answer? {
        let now = now()
        return try entries.withLock { entries in
            if let entry = entries[key], now - entry.since < Self.lifetime {
                guard entry.body == body else { throw Refusal.keyReused }
                guard let answer = entry.answer else { throw Refusal.stillAtWork }
                return answer
            }
            if entries.count >= Self.most { Self.makeRoom(in: &entries, now) }
            entries[key] = Entry(body: body, since: now)
            return nil
        }
    }

    /// Drops what is too old, and the oldest tenth if that is not enough.
    private static func makeRoom(in entries: inout [Key: Entry], _ now: Double) {
        entries = entries.filter { now - $0.value.since < lifetime }
        guard entries.count >= most else { return }
        for (key, _) in entries.sorted(by: { $0.value.since < $1.value.since }).prefix(most / 10) { entries[key] = nil }
    }
}

extension Answer {
    /// Whether it is worth its place in memory; a list of thousands of options is made anew.
    fileprivate var isSmall: Bool {
        switch self {
        case .value(let value): value.bytes.count <= 64 << 10
        case .nothing: true
        case .stream: false
        }
    }
}

extension Refusal {
    fileprivate static let keyReused = Refusal(
        .unprocessableContent, "idempotency_key_reused", "This Idempotency-Key came with another request before.",
        fix: "Take a new key for a new request.")

    fileprivate static let stillAtWork = Refusal(
        .conflict, "idempotency_key_busy", "The first request with this Idempotency-Key is still at work.",
        fix: "Send it again in a moment.", headers: [.retryAfter: "1"])
}
