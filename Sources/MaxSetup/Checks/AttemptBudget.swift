internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// How often a provider may refuse credentials for one account before Max leaves that account alone for a while.
///
/// Providers lock accounts after too many wrong passwords, whoever types them.
struct AttemptBudget: Sendable {
    let rows: any AttemptRows
    let checks: OngoingChecks
    /// The account's keyed hash.
    let account: String
    let provider: String

    /// The most refusals within ``window``.
    static let most = 5
    /// For how long a refusal counts, in seconds.
    static let window: TimeInterval = 15 * 60
    /// How few tries are left when the owner is told.
    private static let few = 3

    /// The time of which refusals count; those of a clock that has been put back since do not.
    private func span(until now: Date) -> ClosedRange<Date> { now.addingTimeInterval(-Self.window)...now }

    /// Refuses a try while the account is left alone, or while other setups may use up what is left.
    ///
    /// - Throws: ``MaxCore/Problem`` with code `attempts_paused`.
    func admit(_ id: SessionID, at now: Date) async throws {
        let refusals = try await rows.refusals(of: account, within: span(until: now))
        if let end = Self.end(of: refusals) { throw paused(until: end, at: now) }
        guard refusals.count + checks.count(of: account, besides: id) < Self.most else { throw crowded }
    }

    /// Notes what came of a try, and says in the refusal how many are left.
    func settle(_ finding: FlowFinding, at now: Date) async throws -> (finding: FlowFinding, triesLeft: Int?) {
        switch finding {
        case .problem(let problem) where problem.refusesCredential:
            try await rows.noteRefusal(of: account, within: span(until: now))
            let refusals = try await rows.refusals(of: account, within: span(until: now))
            return (.problem(warned(problem, after: refusals, at: now)), max(0, Self.most - refusals.count))
        case .account:
            if try await !rows.refusals(of: account, within: span(until: now)).isEmpty {
                try await rows.forgetRefusals(of: account)
            }
            return (finding, nil)
        case .options, .additions, .privateHost, .problem: return (finding, nil)
        }
    }

    /// When the earliest of the refusals that use the budget up stops counting; nil while there are tries left.
    private static func end(of refusals: [Date]) -> Date? {
        refusals.count < most ? nil : refusals[refusals.count - most].addingTimeInterval(window)
    }

    private func warned(_ problem: Problem, after refusals: [Date], at now: Date) -> Problem {
        var warned = problem
        let left = Self.most - refusals.count
        if let end = Self.end(of: refusals) {
            warned.retryAfter = end.timeIntervalSince(now)
            let pause = "Max pauses until \(Self.clock(end)) to protect your account."
            warned.sentence = problem.sentence.map { "\($0) \(pause)" }
        } else if left <= Self.few {
            let tries = left == 1 ? "1 try" : "\(left) tries"
            warned.sentence = problem.sentence.map { "\($0) \(tries) left before Max pauses to protect your account." }
        }
        return warned
    }

    private func paused(until end: Date, at now: Date) -> Problem {
        Problem(
            "attempts_paused", .retryable,
            "\(provider) refused \(Self.most) times, so Max asks nothing more before \(Self.clock(end)), to protect your "
                + "account.",
            fix: .action("Try again then."),
            retryAfter: end.timeIntervalSince(now))
    }

    private var crowded: Problem {
        Problem(
            "attempts_paused", .retryable, "As many checks of this account as it has tries left are under way.",
            fix: .action("Try again when they are over."))
    }

    /// A time of the day as people everywhere can read it, rounded up so that it is not too early.
    private static func clock(_ time: Date) -> String {
        let minute = Date(timeIntervalSince1970: (time.timeIntervalSince1970 / 60).rounded(.up) * 60)
        return minute.formatted(.iso8601.time(includingFractionalSeconds: false)).prefix(5) + " UTC"
    }
}
