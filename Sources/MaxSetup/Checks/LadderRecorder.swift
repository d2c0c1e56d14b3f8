internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Synchronization

/// The one who writes down how far a check climbs, and tells whoever watches.
final class LadderRecorder: Sendable {
    private let state: Mutex<State>
    private let review: @Sendable (Problem) -> Problem
    private let report: SetupReport

    fileprivate struct State {
        var ladder: Ladder
        /// When each rung that is under way was begun.
        var begun: [Rung: ContinuousClock.Instant] = [:]
        /// When the last rung was left behind: from then on the time is the next one's.
        var lastEnd: ContinuousClock.Instant?
    }

    /// Creates a recorder that goes on from a ladder.
    ///
    /// - Parameter review: Takes out of a problem what may not be shown.
    init(
        _ ladder: Ladder, review: @escaping @Sendable (Problem) -> Problem = { $0 }, report: @escaping SetupReport
    ) {
        state = Mutex(State(ladder: ladder))
        self.review = review
        self.report = report
    }

    var ladder: Ladder { state.withLock(\.ladder) }

    /// Notes what is told of a rung.
    func note(_ news: RungNews) {
        let now = ContinuousClock.now
        let news = news.mapProblem(review)
        let change = state.withLock { state -> Ladder? in
            let before = state.ladder
            state.note(news, at: now)
            return state.ladder == before ? nil : state.ladder
        }
        if let change { report(change) }
    }

    /// Notes how the check ended, on a rung that nobody told of.
    func end(on rung: Rung?, _ problem: Problem?) {
        if let problem { note(.failed(problem)) } else if let rung { note(.passed(rung)) }
        state.withLock { $0.ladder.end() }
        report(ladder)
    }
}

extension LadderRecorder.State {
    fileprivate mutating func note(_ news: RungNews, at now: ContinuousClock.Instant) {
        switch news {
        case .begun(let rung):
            guard !ladder.isBehind(rung) else { return }
            begun[rung] = now
            // Who is asked for an answer is connected: what was not climbed by then was not needed.
            if [.answer, .signIn].contains(rung) { ladder.skip(below: rung) }
        case .passed(let rung):
            guard !ladder.isBehind(rung) else { return }
            leave(rung, .passed, at: now)
            ladder.skip(below: rung)
        case .stood(let rung):
            guard !ladder.isBehind(rung) else { return }
            leave(rung, .stood, at: nil)
        case .failed(let problem):
            if let rung = rung(of: problem) { fall(on: rung, problem, at: now) }
        case .unproven(let problem, let rung): leave(rung, .unproven, at: now, problem.sentence)
        }
        showCurrent()
    }

    /// The rung that gave way: the problem's own, or the one that was being climbed when that is behind already.
    private func rung(of problem: Problem) -> Rung? {
        // What was found before anybody was asked is no rung's fault.
        guard let own = problem.rung ?? begun.keys.min() ?? lastEnd.map({ _ in .answer }) else { return nil }
        guard ladder.isBehind(own) else { return own }
        return begun.keys.min() ?? Rung.allCases.first { $0 > own && !ladder.isBehind($0) } ?? own
    }

    private mutating func fall(on rung: Rung, _ problem: Problem, at now: ContinuousClock.Instant) {
        guard !ladder.hasFallen(on: rung) else { return }
        // Who may not read was let in all the same.
        if rung > .signIn, begun[.signIn] != nil { leave(.signIn, .passed, at: now) }
        let isPassing = problem.kind == .retryable
        leave(rung, isPassing ? .unproven : .failed, at: now, isPassing ? problem.sentence : nil)
        begun = [:]
    }

    /// Leaves a rung behind, and whatever below it was begun for its sake.
    private mutating func leave(
        _ rung: Rung, _ standing: LadderRung.Standing, at now: ContinuousClock.Instant?, _ reason: String? = nil
    ) {
        let start = [begun[rung], lastEnd].compactMap(\.self).max()
        let time = now.flatMap { now in start.map { $0.duration(to: now) } }
        ladder.note(rung, standing, after: time, reason)
        begun = begun.filter { $0.key > rung }
        lastEnd = now ?? lastEnd
    }

    /// Marks the lowest rung that was begun, and no other.
    private mutating func showCurrent() {
        if let current = ladder.current { ladder.note(current, .ahead, after: nil, nil) }
        if let lowest = begun.keys.min() { ladder.note(lowest, .underWay, after: nil, nil) }
    }
}

extension RungNews {
    fileprivate func mapProblem(_ change: (Problem) -> Problem) -> RungNews {
        switch self {
        case .begun, .passed, .stood: self
        case .failed(let problem): .failed(change(problem))
        case .unproven(let problem, let rung): .unproven(change(problem), on: rung)
        }
    }
}

extension Ladder {
    /// Whether a rung was climbed already.
    fileprivate func isBehind(_ rung: Rung) -> Bool {
        switch self[rung]?.standing {
        case .passed, .stood: true
        case .ahead, .underWay, .failed, .unproven, nil: false
        }
    }

    /// Whether a rung gave way already.
    fileprivate func hasFallen(on rung: Rung) -> Bool {
        switch self[rung]?.standing {
        case .failed, .unproven: true
        case .ahead, .underWay, .passed, .stood, nil: false
        }
    }
}
