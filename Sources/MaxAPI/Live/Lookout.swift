internal import Hummingbird
internal import MaxCore
internal import MaxServer

/// Looking at something again and again until it is another.
struct Lookout: Sendable {
    /// How long to wait between two looks.
    let pause: Duration
    /// How long to look at most.
    let patience: Duration

    static let pause = Duration.milliseconds(250)

    /// The first answer that has another tag than `seen`, or than the first one; the last one when none came in time.
    func change(since seen: String?, _ look: () async throws -> Answer) async throws -> Answer {
        let clock = ContinuousClock()
        let end = clock.now + patience
        var answer = try await look()
        let known = seen.map { EntityTags($0) } ?? EntityTags(answer.tag ?? "")
        while known.contains(answer.tag ?? ""), clock.now < end {
            try await clock.sleep(until: min(end, clock.now + pause))
            answer = try await look()
        }
        return answer
    }
}

extension Answer {
    /// What a value is recognised by.
    var tag: String? { if case .value(let value) = self { value.tag } else { nil } }
}

extension Call {
    /// A stream of events with an answer's value each time it is another, until `look` says that it was the last.
    func stream(_ name: String, _ look: @escaping @Sendable () async throws -> (Answer, isLast: Bool)) -> Answer {
        .stream(.events(Sightings(name: name, look: look), for: request, context))
    }
}

/// What somebody who looks again and again sees, each time it is another.
///
/// It looks only when the listener is ready for the next event, so that nothing piles up.
struct Sightings: AsyncSequence, Sendable {
    let name: String
    let look: @Sendable () async throws -> (Answer, isLast: Bool)

    func makeAsyncIterator() -> Iterator { Iterator(sightings: self) }

    struct Iterator: AsyncIteratorProtocol {
        let sightings: Sightings
        private var tag: String?
        private var number = 0
        private var isOver = false

        init(sightings: Sightings) { self.sightings = sightings }

        mutating func next() async -> ServerEvent? { await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async -> ServerEvent? {
            while !isOver, !Task.isCancelled {
                if tag != nil { try? await Task.sleep(for: Lookout.pause) }
                do {
                    let (answer, isLast) = try await sightings.look()
                    isOver = isLast
                    guard case .value(let value) = answer, value.tag != tag else { continue }
                    (tag, number) = (value.tag, number + 1)
                    return event(sightings.name, value.bytes)
                } catch {
                    isOver = true
                    guard !(error is CancellationError) else { return nil }
                    return event("ended", API.problem(Refusal(error)))
                }
            }
            return nil
        }

        private func event(_ name: String, _ bytes: [UInt8]) -> ServerEvent {
            ServerEvent(id: number, name: name, data: String(decoding: bytes, as: UTF8.self))
        }
    }
}
