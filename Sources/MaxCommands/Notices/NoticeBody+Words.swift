internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

extension NoticeBody {
    /// Enough of its id to be told from others by a person.
    var short: String { String(id.prefix(12)) }

    /// It for people: what happened, then what is to be known and done.
    func lines(at now: Date) -> [StyledText] {
        let mark: StyledText = isUnread ? "\("●", isGood ? .good : .warning)" : "\("○", .dim)"
        let when = Phrase.age(now.timeIntervalSince(raisedAt))
        let state = muted ? " · muted" : clearedAt == nil ? "" : " · over"
        let head = mark + " \(title, isUnread ? .strong : .plain)  \("\(when)\(state) · \(short)", .dim)"
        let rest = [sentence.isEmpty ? nil : sentence, isOpen ? remedy : nil, isOpen ? link : nil].compactMap(\.self)
        return rest.isEmpty ? [head] : [head, "  \(rest.joined(separator: " · "))"]
    }

    private var isGood: Bool { kind == NoticeKind.firstSync.rawValue }

    /// The command that mends it.
    private var remedy: String? {
        switch action {
        case "reconnect": connection.map { "max reconnect \($0)" }
        case "sync": connection.map { "max sync \($0)" }
        case "resume": connection.map { "max schedule \($0) --resume" }
        case "server_setting": setting.map { "set \($0) for the server" }
        default: nil
        }
    }
}

extension NoticeMuteBody {
    /// It for people: “expiring of work”.
    var words: String {
        let kind = kind.replacing("_", with: "-")
        return connection.map { "\(kind) of \($0)" } ?? kind
    }
}

extension [NoticeBody] {
    /// The notice that people mean: by its id or the beginning of that.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `notice_not_found` or `notice_ambiguous`.
    func notice(named word: String) throws(MaxError) -> NoticeBody {
        let found = filter { [$0.id, String($0.id.dropFirst(4))].contains { $0.hasPrefix(word) } }
        guard let notice = found.first else {
            throw MaxError(.noticeNotFound, "There is no notice \(word.quoted).", fix: "See max notices --all.")
        }
        guard found.count == 1 else {
            throw MaxError(
                "notice_ambiguous", "\(found.count) notices begin with \(word.quoted).",
                fix: "Give more of it; see max notices --all.")
        }
        return notice
    }
}
