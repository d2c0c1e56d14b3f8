internal import Synchronization

/// What happened, in order, noted from several tasks.
final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func note(_ line: String) { lines.withLock { $0.append(line) } }

    /// Whether every `in` is followed by the `out` of the same name.
    var isWithoutOverlap: Bool {
        let all = all
        return all.count.isMultiple(of: 2)
            && stride(from: 0, to: all.count, by: 2).allSatisfy { all[$0 + 1] == all[$0].replacing("in", with: "out") }
    }
}
