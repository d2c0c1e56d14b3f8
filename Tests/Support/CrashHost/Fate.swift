internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// At which write to the store, or how long after its first, the process dies, as its options say.
final class Fate: Sendable {
    /// How many seconds the clock is ahead.
    let clock: @Sendable () -> Double
    private let before: Int?
    private let after: Int?
    /// In microseconds.
    private let within: Int?
    private let count = Mutex(0)

    init(_ options: [String]) {
        let pairs = zip(options, options.dropFirst())
        func number(_ name: String) -> String? { pairs.first { $0.0 == name }?.1 }
        let ahead = number("--clock").flatMap(Double.init) ?? 0
        let file = number("--clock-file").map { URL(filePath: $0) }
        clock = { file.flatMap { try? String(contentsOf: $0, encoding: .utf8) }.flatMap(Double.init) ?? ahead }
        before = number("--before").flatMap { Int($0) }
        after = number("--after").flatMap { Int($0) }
        within = number("--within").flatMap { Int($0) }
    }

    /// Does a write, unless the process dies before it; perhaps it dies right after.
    func meet<Result>(_ name: String, _ write: () async throws -> Result) async throws -> Result {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == 1, let within {
            DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(within)) { self.die("by the clock") }
        }
        if number == before { die("before \(name)") }
        let result = try await write()
        if number == after { die("after \(name)") }
        return result
    }

    /// Ends the process as a power cut would.
    private func die(_ moment: String) {
        let line = Array("Killed \(moment)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        _ = kill(getpid(), SIGKILL)
        while true { pause() }
    }
}
