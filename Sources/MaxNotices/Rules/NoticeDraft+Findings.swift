internal import Foundation
internal import MaxConnector
internal import MaxHub

extension NoticeKey {
    static func firstSync(of connection: Connection) -> NoticeKey { NoticeKey(.firstSync, connection.id.rawValue) }

    /// Another one for each credential, since what a new one meets is told anew, and for each thing to do.
    static func attention(to connection: Connection, _ action: ConnectionHealth.Action) -> NoticeKey {
        NoticeKey(
            .needsAttention, connection.id.rawValue, connection.lastSetup?.session.rawValue ?? "-", action.kind)
    }
}

// The words. What they tell of a time or an amount was so when they were told.

extension NoticeDraft {
    static func firstSync(of report: ConnectionReport) -> NoticeDraft {
        let health = report.health
        let count = health.records == 0 ? "Nothing is there yet" : "\(Phrase.count(health.records, "record")) collected"
        return NoticeDraft(
            .firstSync, key: .firstSync(of: report.connection), connection: report.connection.id,
            title: "The first sync of \(report.name) is done",
            sentence: health.sync == .partial ? "\(count); part is missing." : "\(count).")
    }

    static func attention(to report: ConnectionReport) -> NoticeDraft {
        NoticeDraft(
            .needsAttention, key: .attention(to: report.connection, report.health.action ?? .sync),
            connection: report.connection.id,
            title: "\(report.name) needs attention", sentence: report.health.sentence, action: report.health.action,
            link: report.health.action == .reconnect ? report.link : nil)
    }

    static func expiring(
        _ report: ConnectionReport, _ end: CredentialEnd, days: Int, at now: Date
    ) -> NoticeDraft {
        let moment = end.time.formatted(Date.ISO8601FormatStyle())
        let (title, sentence) = words(of: end, at: now)
        return NoticeDraft(
            .expiring, key: NoticeKey(.expiring, report.connection.id.rawValue, moment, String(days)),
            connection: report.connection.id,
            title: "The credential of \(report.name) \(title)", sentence: sentence,
            action: .reconnect, link: report.link)
    }

    private static func words(of end: CredentialEnd, at now: Date) -> (title: String, sentence: String) {
        let day = Phrase.day(end.time)
        if end.time <= now { return ("has ended", "It ended on \(day). With a new one, syncs go on.") }
        let rest = "With a new one before that, nothing is missed."
        return end.isTold
            ? ("ends soon", "It ends on \(day). \(rest)")
            : ("may end soon", "It may end on \(day), as those before it did. \(rest)")
    }

    static func silent(_ device: DeviceReport) -> NoticeDraft {
        NoticeDraft(
            .deviceSilent, key: NoticeKey(.deviceSilent, device.id), title: "\(device.label) is silent",
            sentence: "Nothing came from it since \(Phrase.moment(device.heardAt)).")
    }

    static func diskLow(_ bytes: Int, reserve: Int) -> NoticeDraft {
        NoticeDraft(
            .diskLow, key: NoticeKey(.diskLow, "low"), title: "The disk is nearly full",
            sentence: "\(Phrase.size(bytes)) are left; below \(Phrase.size(reserve)) Max stops collecting.")
    }

    static func diskExhausted(_ bytes: Int) -> NoticeDraft {
        NoticeDraft(
            .diskLow, key: NoticeKey(.diskLow, "exhausted"), title: "The disk is too full to collect",
            sentence: "\(Phrase.size(bytes)) are left: nothing is collected until there is more room.")
    }
}
