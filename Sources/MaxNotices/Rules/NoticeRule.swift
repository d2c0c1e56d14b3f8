package import Foundation
internal import MaxConnector
package import MaxHub

/// What is to be told of facts, as a pure function of them and the time.
///
/// A finding has a key that stays the same as long as the same thing is so; whoever stores findings tells of a key once.
package enum NoticeRule {
    /// What the facts say.
    package static func findings(_ facts: NoticeFacts, at now: Date) -> NoticeFindings {
        var findings = NoticeFindings()
        for report in facts.connections { findings.add(report, at: now) }
        findings.addLock(of: facts.connections)
        for device in facts.devices where now.timeIntervalSince(device.heardAt) > device.patience {
            findings.told.append(.silent(device))
        }
        switch facts.disk {
        case .ample: break
        case .low(let bytes): findings.told.append(.diskLow(bytes, reserve: facts.diskBounds.reserve))
        case .exhausted(let bytes): findings.told.append(.diskExhausted(bytes))
        }
        return findings
    }

    /// When time alone will change what the facts say; nil when it never will.
    package static func nextChange(_ facts: NoticeFacts, after now: Date) -> Date? {
        let endings = facts.connections.compactMap(\.health.credentialEnd).flatMap { end in
            CredentialEnd.notices.map { end.time - Double($0) * 86400 }
        }
        return (endings + facts.devices.map { $0.heardAt + $0.patience }).filter { $0 > now }.min()
    }
}

/// What is so, and what cannot be said at the moment.
package struct NoticeFindings: Sendable, Hashable {
    /// What is so.
    package var told: [NoticeDraft] = []
    /// What may or may not be so: it is neither told of nor over.
    package var undecided: Set<NoticeKey> = []

    package init() {}

    /// What is to be changed where those notices are open.
    package func turn(from open: some Sequence<NoticeKey>) -> (raised: [NoticeDraft], cleared: Set<NoticeKey>) {
        let open = Set(open)
        return (told.filter { !open.contains($0.key) }, open.subtracting(undecided).subtracting(told.map(\.key)))
    }
}

extension NoticeFindings {
    fileprivate mutating func add(_ report: ConnectionReport, at now: Date) {
        let (connection, health) = (report.connection, report.health)
        switch health.setup {
        case .settingUp, .disconnected: return
        case .active, .locked, .paused: break
        }
        addFirstSync(of: report)
        guard health.setup != .paused else { return }
        if health.headline == .needsAttention {
            told.append(.attention(to: report))
        } else if health.isUndecided {
            undecided.formUnion([.reconnect, .sync].map { .attention(to: connection, $0) })
        }
        guard health.headline != .needsAttention, let end = health.credentialEnd, let days = end.notice(at: now)
        else { return }
        told.append(.expiring(report, end, days: days, at: now))
    }

    private mutating func addFirstSync(of report: ConnectionReport) {
        switch report.health.sync {
        case .complete, .partial: told.append(.firstSync(of: report))
        case .never, .waiting, .running, .failed, .stopped, .brokenOff:
            undecided.insert(.firstSync(of: report.connection))
        }
    }

    /// One finding for all connections that a missing key of the vault locks.
    fileprivate mutating func addLock(of reports: [ConnectionReport]) {
        let locked = reports.filter { $0.health.headline == .locked }
        guard let first = locked.first else { return }
        told.append(
            NoticeDraft(
                .needsAttention, key: NoticeKey(.needsAttention, "vault"),
                title: locked.count == 1
                    ? "\(first.name) is locked" : "\(Phrase.count(locked.count, "connection")) are locked",
                sentence: first.health.sentence, action: first.health.action))
    }
}

extension ConnectionHealth {
    /// Whether nobody knows how a sync would end: one is asked for, under way or broken off, or none can be made.
    fileprivate var isUndecided: Bool {
        switch sync {
        case .never, .waiting, .running, .stopped, .brokenOff: true
        case .complete, .partial, .failed: headline == .locked
        }
    }
}
