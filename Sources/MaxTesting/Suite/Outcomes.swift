internal import Synchronization

/// What became of each check, which is run once however many ask.
final class Outcomes: Sendable {
    private let states = Mutex<[ConformanceCheck: State]>([:])

    private typealias Waiting = CheckedContinuation<Void, any Error>

    private enum State {
        case running([Waiting])
        case over(Result<Void, any Error>)
    }

    /// Runs a check, or waits for whoever runs it, or tells what came of it.
    func once(_ check: ConformanceCheck, _ work: () async throws -> Void) async throws {
        guard begin(check) else { return try await wait(for: check) }
        let result: Result<Void, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        for waiting in end(check, result) { waiting.resume(with: result) }
        try result.get()
    }

    private func begin(_ check: ConformanceCheck) -> Bool {
        states.withLock { states in
            guard states[check] == nil else { return false }
            states[check] = .running([])
            return true
        }
    }

    private func end(_ check: ConformanceCheck, _ result: Result<Void, any Error>) -> [Waiting] {
        states.withLock { states in
            defer { states[check] = .over(result) }
            if case .running(let waiting)? = states[check] { return waiting }
            return []
        }
    }

    private func wait(for check: ConformanceCheck) async throws {
        try await withCheckedThrowingContinuation { (continuation: Waiting) in
            let result: Result<Void, any Error>? = states.withLock { states in
                switch states[check] {
                case .over(let result): return result
                case .running(let waiting): states[check] = .running(waiting + [continuation])
                case nil: states[check] = .running([continuation])
                }
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }
}
