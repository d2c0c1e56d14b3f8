import Foundation
import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct RetryRuleTests {
    private let rule = RetryRule(limits: SyncLimits())

    private func outcome(_ problem: Problem, attempts: Int = 0, random: Double = 1) -> TaskStep.Outcome {
        rule.outcome(of: problem, attempts: attempts, at: noon, random: random)
    }

    @Test(arguments: [Problem.forbidden, .invalid, .absent, .refused])
    func `tries nothing again that will fail again`(problem: Problem) {
        #expect(outcome(problem) == .failed(problem))
    }

    @Test func `waits up to twice as long each time, and gives up after five attempts`() {
        let waits = (0..<4).map { outcome(.outage, attempts: $0) }
        #expect(waits == [0.5, 1, 2, 4].map { .later(.outage, at: noon + $0) })
        #expect(outcome(.outage, attempts: 4) == .failed(.outage))
    }

    @Test func `spreads the waits from none to the longest`() {
        #expect(outcome(.outage, attempts: 3, random: 0) == .later(.outage, at: noon))
        #expect(outcome(.outage, attempts: 3, random: 0.25) == .later(.outage, at: noon + 1))
    }

    @Test func `never waits longer than the longest backoff`() {
        var limits = SyncLimits()
        limits.attempts = 1000
        let rule = RetryRule(limits: limits)
        #expect(rule.outcome(of: .outage, attempts: 900, at: noon, random: 1) == .later(.outage, at: noon + 60))
    }

    @Test func `comes back no sooner than the provider wants`() {
        var problem = Problem.outage
        problem.retryAfter = 30
        #expect(outcome(problem, random: 0) == .later(problem, at: noon + 30))
    }

    @Test func `leaves what would take longer than patience lasts to the next run`() {
        var problem = Problem.outage
        problem.retryAfter = 121
        #expect(outcome(problem) == .failed(problem))
        problem.retryAfter = 120
        #expect(outcome(problem) == .later(problem, at: noon + 120))
    }

    @Test func `believes a provider longer that says when to come back`() {
        let limited = Problem("rate_limited", .retryable, "Too many requests.", retryAfter: 1)
        #expect(outcome(limited, attempts: 8, random: 0) == .later(limited, at: noon + 1))
        #expect(outcome(limited, attempts: 9) == .failed(limited))
    }
}
