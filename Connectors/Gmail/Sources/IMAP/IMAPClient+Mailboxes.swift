import Foundation
import MaxCore

extension IMAPClient {
    /// The mailboxes whose names match a pattern; `*` is all of them, and INBOX is always there (RFC 9051, section 5.1).
    func mailboxes(matching pattern: String = "*") async throws -> [Mailbox] {
        var command = IMAPCommand("LIST \"\" ")
        command.append(string: try spelling(of: pattern), literals: literals)
        if can("SPECIAL-USE") && can("LIST-EXTENDED") { command.append(" RETURN (SPECIAL-USE)") }
        var mailboxes: [Mailbox] = []
        try await ask(command) { name, _, values in
            guard name == "LIST" else { return }
            guard values.count >= 3, let attributes = values[0].list, let bytes = values[2].bytes else {
                throw IMAPFault.garbled
            }
            mailboxes.append(
                Mailbox(
                    name: MailboxName.decode(bytes, isUTF8: self.isUTF8), separator: values[1].text?.first,
                    attributes: Set(attributes.compactMap { $0.atom?.lowercased() })))
        }
        if pattern == "*", mailboxes.isEmpty { throw refusals.nothingTold }
        return mailboxes
    }

    /// The numbers of a mailbox that is not open.
    ///
    /// - Throws: ``MaxCore/Problem``; one whose ``MaxCore/Problem/isAbsence`` is true when there is no such mailbox.
    func status(of mailbox: String) async throws -> MailboxStatus {
        var command = IMAPCommand("STATUS ")
        command.append(string: try spelling(of: mailbox), literals: literals)
        let modSeq = can("CONDSTORE") || can("QRESYNC") ? " HIGHESTMODSEQ" : ""
        command.append(" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN\(modSeq))")
        var (status, isTold) = (MailboxStatus(), false)
        try await ask(command) { name, _, values in
            guard name == "STATUS" else { return }
            isTold = true
            guard let numbers = values.last?.list else { throw IMAPFault.garbled }
            for pair in numbers.pairs { status.take(pair.name, pair.value) }
        }
        guard isTold else { throw refusals.nothingTold }
        return status
    }

    /// Opens a mailbox for reading only.
    ///
    /// - Parameter place: The place to which it was read; with QRESYNC the answer then tells what changed since.
    /// - Throws: ``MaxCore/Problem``; one whose ``MaxCore/Problem/isAbsence`` is true when there is no such mailbox.
    func open(_ mailbox: String, since place: MailboxPlace? = nil) async throws -> OpenMailbox {
        var command = IMAPCommand("EXAMINE ")
        command.append(string: try spelling(of: mailbox), literals: literals)
        if isResyncing, let place, place.modSeq > 0 {
            command.append(" (QRESYNC (\(place.validity) \(place.modSeq)))")
        } else if can("CONDSTORE") || can("QRESYNC") {
            command.append(" (CONDSTORE)")
        }
        var open = OpenMailbox()
        let statuses = try await ask(command) { name, number, values in
            // With QRESYNC this tells of the mailbox that was open before, until CLOSED is said.
            try open.take(name, number, values)
        }
        for status in statuses { open.take(status) }
        guard open.validity > 0 else { throw await fail(refusals.garbled(.garbled)) }
        return open
    }

    /// Leaves the open mailbox without removing anything.
    func leave() async throws { try await ask(can("UNSELECT") ? "UNSELECT" : "CLOSE") }

    /// The ids of the messages in the open mailbox that fit, such as `ALL`, `UID 17:*` and `SINCE 1-Feb-2026`.
    func search(_ criteria: String) async throws -> UIDSet {
        guard criteria.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { throw refusals.badArgument }
        var (ranges, isTold): ([ClosedRange<UInt32>], Bool) = ([], false)
        try await ask("UID SEARCH \(can("ESEARCH") ? "RETURN (ALL) " : "")\(criteria)") { name, _, values in
            isTold = isTold || name == "SEARCH" || name == "ESEARCH"
            switch name {
            case "SEARCH":
                for value in values where value.list == nil {
                    guard let id = value.id else { throw IMAPFault.garbled }
                    ranges.append(id...id)
                }
            case "ESEARCH":
                for pair in values.drop(while: { $0.list != nil || $0.atom == "UID" }).pairs where pair.name == "ALL" {
                    guard let set = pair.value.text.flatMap(UIDSet.init(parsing:)) else { throw IMAPFault.garbled }
                    ranges += set.ranges
                }
            default: break
            }
        }
        guard isTold else { throw refusals.nothingTold }
        let found = UIDSet(ranges: ranges)
        guard found.count <= limits.found else { throw await fail(refusals.garbled(.tooMuch)) }
        return found
    }

    /// Spells a name; one with a line break in it would end the command.
    private func spelling(of name: String) throws -> Data {
        guard !name.utf8.contains(where: { [0, 0x0a, 0x0d].contains($0) }) else { throw refusals.badArgument }
        return MailboxName.encode(name, isUTF8: isUTF8)
    }
}

extension MailboxStatus {
    fileprivate mutating func take(_ name: String, _ value: IMAPValue) {
        switch name {
        case "MESSAGES": messages = value.number()
        case "UNSEEN": unseen = value.number()
        case "UIDNEXT": nextUID = value.id
        case "UIDVALIDITY": validity = value.id
        case "HIGHESTMODSEQ": highestModSeq = value.number()
        default: break
        }
    }
}

extension OpenMailbox {
    fileprivate mutating func take(_ name: String, _ number: UInt32?, _ values: [IMAPValue]) throws {
        switch name {
        case "EXISTS": exists = Int(number ?? 0)
        case "FLAGS": flags = values.first?.list?.compactMap(\.text) ?? []
        case "FETCH": changed.append(try FetchedMessage(number ?? 0, values))
        case "VANISHED": vanished.formUnion(try UIDSet(vanished: values))
        default: break
        }
    }

    fileprivate mutating func take(_ status: IMAPStatus) {
        switch status.code {
        case "UIDVALIDITY": validity = IMAPValue.atom(status.argument).id ?? 0
        case "UIDNEXT": nextUID = IMAPValue.atom(status.argument).id
        case "HIGHESTMODSEQ": highestModSeq = IMAPValue.atom(status.argument).number()
        case "NOMODSEQ": highestModSeq = nil
        default: break
        }
    }
}

extension UIDSet {
    /// Reads the ids of a VANISHED response, with or without `(EARLIER)` (RFC 7162).
    ///
    /// - Throws: ``IMAPFault``.
    init(vanished values: [IMAPValue]) throws {
        guard let set = values.last?.text.flatMap(UIDSet.init(parsing:)) else { throw IMAPFault.garbled }
        self = set
    }
}

extension Sequence<IMAPValue> {
    /// The values as names in upper case and what follows each.
    var pairs: [(name: String, value: IMAPValue)] {
        var pairs: [(String, IMAPValue)] = []
        var name: String?
        for value in self {
            if let known = name {
                pairs.append((known, value))
                name = nil
            } else {
                name = value.text?.uppercased() ?? ""
            }
        }
        return pairs
    }
}
