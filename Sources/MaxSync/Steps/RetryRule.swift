internal import Foundation
internal import MaxCore
internal import MaxHub

/// Whether and when a task that failed is tried again in the same run.
struct RetryRule: Sendable {
    let limits: SyncLimits

    /// Decides on a problem.
    ///
    /// Only what may pass by itself is tried again, after a random wait that can be twice as long each time, and not
    /// before the provider wants it. What would take longer than patience lasts is left to the next run.
    ///
    /// - Parameters:
    ///   - attempts: How often the task had failed in a row before.
    ///   - random: Decides the wait; from 0 to 1.
    func outcome(of problem: Problem, attempts: Int, at now: Date, random: Double) -> TaskStep.Outcome {
        guard problem.kind == .retryable, attempts + 1 < limit(problem) else { return .failed(problem) }
        let longest = min(limits.longestBackoff, limits.backoff * pow(2, Double(attempts)))
        let wait = max(problem.retryAfter ?? 0, longest * random)
        return wait > limits.patience ? .failed(problem) : .later(problem, at: now + wait)
    }

    /// How often such a problem may occur in a row; a provider that says when to come back is believed longer.
    private func limit(_ problem: Problem) -> Int {
        problem.code == "rate_limited" && problem.retryAfter != nil ? limits.rateLimitedAttempts : limits.attempts
    }
}

extension Problem {
    /// Whether the provider refused the credential itself, or there is none: no call will succeed before the owner acts.
    var isRefusal: Bool { kind == .auth && rung == .signIn }
}
