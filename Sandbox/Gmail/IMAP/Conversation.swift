/// One client's conversation with the server: what it said so far, and what is answered.
struct Conversation {
    private let house: MailHouse
    private var address: String?
    private(set) var fault: GmailFault?
    private var mailbox: MailLabel?
    private var isUTF8 = false
    /// The tag of a sign-in that waits for its response.
    private var waiting: String?
    private var commands = 0

    /// What the server does next.
    enum Move {
        case send([UInt8])
        /// Says nothing any more.
        case hang
        /// Says the same without end.
        case flood([UInt8])
        case close
    }

    static let greeting = Array("* OK Gimap ready for requests from 127.0.0.1\r\n".utf8)

    private static let before =
        "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 SASL-IR AUTH=PLAIN"
    private static let after =
        "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH "
        + "UTF8=ACCEPT LIST-EXTENDED LITERAL- SPECIAL-USE"

    init(_ house: MailHouse) { self.house = house }

    /// Answers one command.
    mutating func answer(_ words: [String]) -> [Move] {
        if let tag = waiting {
            waiting = nil
            return signIn(tag, plain: words.first ?? "")
        }
        guard words.count > 1 else { return text("* BAD Unknown command") }
        let (tag, rest) = (words[0], Array(words.dropFirst(2)))
        if address != nil {
            commands += 1
            if fault == .farewell, commands == 3 { return text("* BYE Temporary System Error") + [.close] }
        }
        switch words[1].uppercased() {
        case "CAPABILITY":
            return text("* CAPABILITY \(address == nil ? Self.before : Self.after)", "\(tag) OK Thats all she wrote!")
        case "NOOP", "CHECK": return text("\(tag) OK Success")
        case "ID": return text("* ID (\"name\" \"GImap\")", "\(tag) OK Success")
        case "LOGOUT": return text("* BYE LOGOUT Requested", "\(tag) OK 73 good day (Success)") + [.close]
        case "LOGIN": return signIn(tag, rest.first ?? "", rest.count > 1 ? rest[1] : "")
        case "AUTHENTICATE":
            guard rest.count < 2 else { return signIn(tag, plain: rest[1]) }
            waiting = tag
            return text("+ ")
        default: break
        }
        guard let address else { return text("\(tag) BAD Unknown command") }
        if fault == .nothing { return text("\(tag) OK Success") }
        if fault == .forbidden, words[1].uppercased() != "ENABLE" {
            return text("\(tag) NO [NOPERM] This password may not read mail.")
        }
        return answer(tag, words[1].uppercased(), rest, address)
    }

    private func text(_ lines: String...) -> [Move] {
        [.send(Array(lines.map { $0 + "\r\n" }.joined().utf8))]
    }
}

// MARK: Signing in

extension Conversation {
    private mutating func signIn(_ tag: String, plain: String) -> [Move] {
        let parts = Base64.decode(plain).split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3 else { return text("\(tag) BAD Invalid SASL argument") }
        return signIn(tag, parts[1], parts[2])
    }

    private mutating func signIn(_ tag: String, _ user: String, _ password: String) -> [Move] {
        guard let (address, fault) = house.account(user, password) else {
            return text("\(tag) NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")
        }
        if fault == .flaps, house.refusesInPassing() {
            return text("\(tag) NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)")
        }
        if let refusal = fault?.refusal { return text("\(tag) NO \(refusal)") }
        switch fault {
        case .hang: return [.hang]
        case .garbage: return [.flood(Array("\u{1}\u{2}{{]] %%% 0xdeadbeef \u{7f}\r\n".utf8))]
        case .html:
            let page =
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>Sign in to the Wi-Fi</body></html>\r\n"
            return [.send(Array(page.utf8)), .close]
        case .huge: return [.flood([UInt8](repeating: UInt8(ascii: "a"), count: 64 << 10))]
        default: break
        }
        (self.address, self.fault) = (address, fault)
        return text("* CAPABILITY \(Self.after)", "\(tag) OK \(address) authenticated (Success)")
    }
}

// MARK: Reading mail

extension Conversation {
    private mutating func answer(_ tag: String, _ command: String, _ rest: [String], _ address: String) -> [Move] {
        switch command {
        case "ENABLE":
            isUTF8 = isUTF8 || rest.contains { $0.uppercased() == "UTF8=ACCEPT" }
            return text("* ENABLED \(rest.joined(separator: " "))", "\(tag) OK Success")
        case "LIST", "XLIST": return list(tag)
        case "STATUS": return status(tag, rest, address)
        case "EXAMINE", "SELECT": return examine(tag, rest, address)
        case "CLOSE", "UNSELECT":
            mailbox = nil
            return text("\(tag) OK Returned to authenticated state. (Success)")
        case "UID" where rest.first?.uppercased() == "SEARCH": return search(tag, Array(rest.dropFirst()), address)
        case "UID" where rest.first?.uppercased() == "FETCH": return fetch(tag, Array(rest.dropFirst()), address)
        default: return text("\(tag) BAD Unknown command")
        }
    }

    private func list(_ tag: String) -> [Move] {
        var lines = MailLabel.mailboxes.map { mailbox in
            let use = mailbox.use.map { " " + $0 } ?? ""
            let name = isUTF8 ? mailbox.name : NameSpelling.encode(mailbox.name)
            return "* LIST (\\HasNoChildren\(use)) \"/\" \(NameSpelling.quoted(name))\r\n"
        }
        lines.append("\(tag) OK Success\r\n")
        return [.send(Array(lines.joined().utf8))]
    }

    private func mailbox(_ name: String?) -> MailLabel? {
        MailLabel.mailboxes.first {
            $0 != .folder
                && ($0.name == name || NameSpelling.encode($0.name) == name
                    || $0 == .inbox && name?.uppercased() == "INBOX")
        }
    }

    private func status(_ tag: String, _ rest: [String], _ address: String) -> [Move] {
        guard let name = rest.first, let mailbox = mailbox(name) else {
            return text("\(tag) NO [NONEXISTENT] Unknown Mailbox: \(rest.first ?? "") (Failure)")
        }
        let numbers = house.read(address) { account in
            let messages = account.messages(in: mailbox)
            return "MESSAGES \(messages.count) UIDNEXT \(account.nextUID(in: mailbox)) UIDVALIDITY \(account.validity) "
                + "UNSEEN \(messages.count { !$0.flags.contains("\\Seen") }) HIGHESTMODSEQ \(account.modSeq)"
        }
        return text("* STATUS \(NameSpelling.quoted(name)) (\(numbers ?? ""))", "\(tag) OK Success")
    }

    private mutating func examine(_ tag: String, _ rest: [String], _ address: String) -> [Move] {
        guard let found = mailbox(rest.first) else {
            mailbox = nil
            return text("\(tag) NO [NONEXISTENT] Unknown Mailbox: \(rest.first ?? "") (Failure)")
        }
        mailbox = found
        let lines = house.read(address) { account in
            """
            * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)\r
            * OK [PERMANENTFLAGS ()] Flags permitted.\r
            * OK [UIDVALIDITY \(account.validity)] UIDs valid.\r
            * \(account.messages(in: found).count) EXISTS\r
            * 0 RECENT\r
            * OK [UIDNEXT \(account.nextUID(in: found))] Predicted next UID.\r
            * OK [HIGHESTMODSEQ \(account.modSeq)]\r
            \(tag) OK [READ-ONLY] \(found.name) selected. (Success)\r

            """
        }
        return [.send(Array((lines ?? "").utf8))]
    }

    private func search(_ tag: String, _ rest: [String], _ address: String) -> [Move] {
        guard let mailbox else { return text("\(tag) BAD UID SEARCH not allowed now.") }
        let shown = house.read(address) { $0.messages(in: mailbox) } ?? []
        var found = shown
        if let place = rest.firstIndex(where: { $0.uppercased() == "UID" }), place + 1 < rest.count {
            let set = NumberSet(rest[place + 1], last: shown.last?.uid ?? 0)
            found = shown.filter { set.contains($0.uid) }
        }
        let ids = found.map { String($0.uid) }
        guard rest.first?.uppercased() == "RETURN" else {
            return text("* SEARCH \(ids.joined(separator: " "))", "\(tag) OK SEARCH completed (Success)")
        }
        let all = ids.isEmpty ? "" : " ALL \(NumberSet.text(found.map(\.uid)))"
        return text("* ESEARCH (TAG \"\(tag)\") UID\(all)", "\(tag) OK SEARCH completed (Success)")
    }

    private func fetch(_ tag: String, _ rest: [String], _ address: String) -> [Move] {
        guard let mailbox, rest.count > 1 else { return text("\(tag) BAD UID FETCH not allowed now.") }
        let shown = house.read(address) { $0.messages(in: mailbox) } ?? []
        let set = NumberSet(rest[0], last: shown.last?.uid ?? 0)
        let since = rest.firstIndex { $0.uppercased() == "CHANGEDSINCE" }
            .flatMap { $0 + 1 < rest.count ? UInt64(rest[$0 + 1]) : nil }
        let answer = FetchAnswer(items: Array(rest.dropFirst()), mailbox: mailbox)
        var output: [UInt8] = []
        for (number, message) in shown.enumerated() where set.contains(message.uid) {
            if let since, message.modSeq <= since { continue }
            output += answer.bytes(of: message, number: number + 1)
        }
        output += Array("\(tag) OK Success\r\n".utf8)
        return [.send(output)]
    }
}
