package import Foundation
internal import MaxConnector
internal import MaxCore

extension ConnectionHealth {
    /// What the facts say, as a pure function of them and the time.
    package static func project(_ facts: ConnectionFacts, at now: Date) -> ConnectionHealth {
        let newest = facts.runs.first
        let setup = setup(of: facts)
        let sync = newest.map { standing(of: $0) } ?? .never
        let freshAt = facts.runs.first { $0.state == .complete }?.endedAt
        let verdict = verdict(facts, setup, sync, at: now)
        let freshness = freshness(freshAt, facts, at: now)
        let words = HealthWords(facts: facts, sync: sync, freshness: freshness, freshAt: freshAt, now: now)
        return ConnectionHealth(
            headline: verdict.headline, sentence: words.sentence(of: verdict.headline), action: verdict.action,
            setup: setup, sync: sync, freshness: freshness, freshAt: freshAt, nextAt: nextAt(facts, at: now),
            records: facts.records, incoming: sync == .running ? newest?.progress.records ?? 0 : 0,
            problem: newest?.ending?.problem, setback: facts.standing?.setback,
            credentialEnd: facts.credentialEnd)
    }

    private static func setup(of facts: ConnectionFacts) -> Setup {
        switch facts.connection.state {
        case .shell: .settingUp
        case .active: facts.lock == nil ? .active : .locked
        case .paused: .paused
        case .revoked: .disconnected
        }
    }

    private static func standing(of run: Run) -> Sync {
        switch run.state {
        case .requested: .waiting
        case .running: run.isStalled ? .brokenOff : .running
        case .complete: .complete
        case .partial: .partial
        case .failed: .failed
        case .cancelled: .stopped
        }
    }

    private static func freshness(_ freshAt: Date?, _ facts: ConnectionFacts, at now: Date) -> Freshness {
        guard let freshAt else { return .never }
        let age = now.timeIntervalSince(freshAt)
        if age < -SyncSchedule.tolerance { return .unknown }
        if age <= facts.interval * (1 + SyncSchedule.spread) + SyncSchedule.tolerance { return .fresh }
        return age <= facts.interval * 3 ? .due : .stale
    }

    private static func nextAt(_ facts: ConnectionFacts, at now: Date) -> Date? {
        if facts.lock == nil, case .at(let time) = facts.next(at: now) { time } else { nil }
    }

    private static func verdict(
        _ facts: ConnectionFacts, _ setup: Setup, _ sync: Sync, at now: Date
    ) -> (headline: Headline, action: Action?) {
        switch setup {
        case .settingUp: (.settingUp, nil)
        case .paused: (.paused, .resume)
        case .disconnected: (.disconnected, .reconnect)
        case .locked: (.locked, .serverSetting("MAX_VAULT_KEY"))
        case .active where facts.isOutOfRoom && sync != .running: (.waiting, nil)
        case .active:
            switch sync {
            case .running: (.active, nil)
            case .never, .waiting: standstill(facts) ?? (.active, facts.isTended ? nil : .sync)
            case .stopped, .brokenOff: standstill(facts) ?? (.active, .sync)
            case .complete: (.active, facts.isExpiring(at: now) ? .reconnect : nil)
            case .partial: shortfall(facts, at: now)
            case .failed: failure(facts, at: now)
            }
        }
    }

    /// What the provider wants to be asked for later is waited for: a sync before that time brings nothing.
    private static func shortfall(_ facts: ConnectionFacts, at now: Date) -> (headline: Headline, action: Action?) {
        if facts.problemKind == .auth { return (.active, .reconnect) }
        guard let wait = facts.runs.first?.ending?.problem?.retryAfter, let ended = facts.runs.first?.endedAt,
            ended + wait > now, case .at(let time) = facts.next(at: now)
        else { return (.active, .sync) }
        return (.waiting, .wait(until: time))
    }

    /// A failure is the owner's only when the provider refused the credential; everything else is tried again, at last
    /// by nobody but the owner.
    private static func failure(_ facts: ConnectionFacts, at now: Date) -> (headline: Headline, action: Action?) {
        if facts.problemKind == .auth { return (.needsAttention, .reconnect) }
        if let standstill = standstill(facts) { return standstill }
        guard facts.problemKind == .retryable, case .at(let time) = facts.next(at: now) else { return (.active, .sync) }
        return (.waiting, .wait(until: max(time, now)))
    }

    /// What it takes before anything is tried again; nil where that needs nobody.
    ///
    /// It is stored, and true whether or not somebody is there who would try.
    private static func standstill(_ facts: ConnectionFacts) -> (headline: Headline, action: Action?)? {
        if facts.isRefused { return (.needsAttention, .reconnect) }
        return facts.isGivenUp ? (.needsAttention, .sync) : nil
    }
}

extension ConnectionFacts {
    /// Whether nothing but room on the disk is missing.
    var isOutOfRoom: Bool {
        headroom.isExhausted && !isRefused && !(runs.first?.state == .failed && problemKind == .auth)
    }

    /// Whether the provider refused the credential, so that it is not called any more.
    var isRefused: Bool { standing?.isRefused ?? false }
    /// Whether it failed so often for one cause that it is not tried any more.
    var isGivenUp: Bool { standing?.setback?.isFinal ?? false }
    fileprivate var problemKind: Problem.Kind? { runs.first?.ending?.problem?.kind }

    /// When the credential ends: as the provider said, or else as others of its kind did.
    var credentialEnd: CredentialEnd? {
        if let time = connection.identity?.expiresAt { return CredentialEnd(time: time, isTold: true) }
        return standing?.expectedEnd.map { CredentialEnd(time: $0, isTold: false) }
    }

    /// Whether the credential ends so soon that its owner is told.
    func isExpiring(at now: Date) -> Bool { credentialEnd?.notice(at: now) != nil }
}
