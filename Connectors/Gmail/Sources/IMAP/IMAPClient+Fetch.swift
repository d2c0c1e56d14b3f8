import Foundation
import MaxCore

extension IMAPClient {
    /// Fetches messages of the open mailbox, and hands them out as they come.
    ///
    /// The server is read no faster than they are taken. Until the last one is taken every other command waits; whoever
    /// stops earlier ends the line.
    ///
    /// - Parameters:
    ///   - items: What to ask of each; its unique id always comes with it.
    ///   - modSeq: Fetches only what changed after that modification sequence (CONDSTORE).
    nonisolated func fetch(
        _ ids: UIDSet, _ items: [FetchItem], changedSince modSeq: UInt64? = nil
    ) -> FetchedMessages {
        FetchedMessages(client: self, ids: ids, items: items, modSeq: modSeq)
    }

    /// Fetches messages of the open mailbox, all of them before the first is handed out.
    func messages(_ ids: UIDSet, _ items: [FetchItem]) async throws -> [FetchedMessage] {
        guard !ids.isEmpty else { return [] }
        var messages: [FetchedMessage] = []
        var room = limits.messages
        try await ask(Self.fetchCommand(ids, items)) { name, number, values in
            guard name == "FETCH" else { return }
            let message = try FetchedMessage(number ?? 0, values)
            room -= message.sections.values.reduce(0) { $0 + $1.count }
            guard room >= 0 else { throw IMAPFault.tooMuch }
            messages.append(message)
        }
        return messages.filter { $0.answers(items, of: ids) }
    }

    /// What changed in the open mailbox after a modification sequence, and with QRESYNC which ids are gone.
    func changes(
        in ids: UIDSet = UIDSet(1...UIDSet.last), _ items: [FetchItem] = [.flags, .modSeq], since modSeq: UInt64
    ) async throws -> MailboxChanges {
        let terms = " (CHANGEDSINCE \(modSeq)\(isResyncing ? " VANISHED" : ""))"
        var changes = MailboxChanges()
        try await ask(Self.fetchCommand(ids, items) + terms) { name, number, values in
            switch name {
            case "FETCH": changes.changed.append(try FetchedMessage(number ?? 0, values))
            case "VANISHED": changes.vanished.formUnion(try UIDSet(vanished: values))
            default: break
            }
        }
        changes.changed.removeAll { $0.uid == nil }
        return changes
    }

    /// The command that asks for items of messages.
    static func fetchCommand(_ ids: UIDSet, _ items: [FetchItem]) -> String {
        "UID FETCH \(ids) (\((["UID"] + items.map(\.wireName)).joined(separator: " ")))"
    }
}

/// What changed in a mailbox.
struct MailboxChanges: Sendable, Hashable {
    /// The messages that are new or whose flags changed.
    var changed: [FetchedMessage] = []
    /// The ids that are gone; empty where the server cannot tell.
    var vanished = UIDSet()
}
