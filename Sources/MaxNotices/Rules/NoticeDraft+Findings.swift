internal import Foundation
internal import MaxConnector
internal import MaxHub

extension NoticeKey {
    static func firstSync(of connection: Connection) -> NoticeKey { NoticeKey(.firstSync, connection.id.rawValue) }

    /// Another one for each credential: what a new one meets is told anew.
    static func attention(to connection: Connection) -> NoticeKey {
        NoticeKey(.needsAttention, connection.id.rawValue, connection.lastSetup?.session.rawValue ?? "-")
    }
}

// The words. They say nothing that is not so any more an hour later.

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
            .needsAttention, key: .attention(to: report.connection), connection: report.connection.id,
            title: "\(report.name) needs attention", sentence: report.health.sentence, action: report.health.action,
            link: report.health.action == .reconnect ? report.link : nil)
    }

    static func expiring(_ report: ConnectionReport, _ end: CredentialEnd, days: Int) -> NoticeDraft {
        let moment = end.time.formatted(Date.ISO8601FormatStyle())
        let ending = "\(end.isTold ? "It ends" : "It may end") on \(Phrase.day(end.time))"
        return NoticeDraft(
            .expiring, key: NoticeKey(.expiring, report.connection.id.rawValue, moment, String(days)),
            connection: report.connection.id,
            title: "The credential of \(report.name) \(end.isTold ? "ends" : "may end") soon",
            sentence: "\(ending)\(end.isTold ? "" : ", as those before it did"). "
                + "With a new one before that, nothing is missed.",
            action: .reconnect, link: report.link)
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
            .diskLow, key: NoticeKey(.diskLow, "exhausted"), title: "The disk is full",
            sentence: "\(Phrase.size(bytes)) are left: nothing is collected until there is more room.")
    }
}

extension Phrase {
    /// How many bytes something has, in the unit that suits: “1.9 GB”.
    static func size(_ bytes: Int) -> String {
        let units = ["kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(bytes) / 1000, 0)
        while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return String(format: value < 10 && unit > 0 ? "%.1f" : "%.0f", value) + " " + units[unit]
    }
}
