import Foundation

/// How much is tried: one round of every misfortune in `make test`, as many as are asked for in `make soak`.
///
/// `MAX_SOAK` says how many rounds; `MAX_SOAK_SEED` names the one to play again.
enum Campaign {
    /// What decides the rounds; each is told by the tests that fail.
    static let seeds: [Int] = {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["MAX_SOAK_SEED"].flatMap(Int.init) { return [seed] }
        guard let rounds = environment["MAX_SOAK"].flatMap(Int.init) else { return [1] }
        let first = Int.random(in: 1...1_000_000)
        print("Seeds \(first) to \(first + rounds - 1); one is played again with MAX_SOAK_SEED.")
        return Array(first..<(first + max(1, rounds)))
    }()
}
