package import Foundation

/// A message put into a mailbox.
package struct DovecotMessage: Sendable {
    /// Its bytes, lines ended with CRLF or LF.
    package var bytes: Data
    /// The letters of Maildir's flags: `S` seen, `F` flagged, `R` answered, `D` draft, `T` deleted.
    package var flags: String

    /// Creates a message.
    package init(_ bytes: Data, flags: String = "") {
        self.bytes = bytes
        self.flags = flags
    }

    /// Makes a message of a size, told apart by its number.
    package static func sample(_ number: Int, size: Int = 1_024, flags: String = "") -> DovecotMessage {
        let header = """
            From: Person \(number % 17) <person\(number % 17)@example.test>\r
            To: tim@example.test\r
            Subject: Message \(number)\r
            Date: Wed, 04 Mar 2026 10:\(10 + number % 50):00 +0000\r
            Message-ID: <message-\(number)@example.test>\r
            Content-Type: text/plain; charset=utf-8\r
            \r\n
            """
        let line = "The quick brown fox \(number) jumps over the lazy dog.\r\n"
        let lines = max(1, (size - header.utf8.count) / line.utf8.count)
        return DovecotMessage(Data((header + String(repeating: line, count: lines)).utf8), flags: flags)
    }
}

extension Dovecot {
    /// Puts messages into a mailbox by writing their files, which is many times faster than asking the server to.
    package func add(_ messages: some Sequence<DovecotMessage>, to mailbox: String = "INBOX") throws {
        let box = folder.appending(path: "home/Maildir" + (mailbox == "INBOX" ? "" : "/.\(mailbox)"))
        for name in ["", "cur", "new", "tmp"] { try own(box.appending(path: name), isFolder: true) }
        if mailbox != "INBOX" { try own(box.appending(path: "maildirfolder"), text: "") }
        let second = 1_772_600_000
        for message in messages {
            let number = nextNumber()
            let flags = String(message.flags.sorted())
            let name = "\(second + number).M\(number)P1.test,S=\(message.bytes.count):2,\(flags)"
            try own(box.appending(path: "cur/\(name)"), bytes: message.bytes)
        }
    }

    /// Gives a mailbox another validity of unique ids, as a server does that lost its own book.
    package func changeValidity(of mailbox: String, to validity: UInt32) async throws {
        try await doveadm("mailbox", "update", arguments: ["--uid-validity", "\(validity)", mailbox])
    }

    /// Removes messages that a search finds, such as `["subject", "Message 7"]`.
    package func expunge(_ mailbox: String, _ search: [String]) async throws {
        try await doveadm("expunge", arguments: ["mailbox", mailbox] + search)
    }

    /// Renames a mailbox.
    package func rename(_ mailbox: String, to name: String) async throws {
        try await doveadm("mailbox", "rename", arguments: [mailbox, name])
    }

    /// Adds flags to the messages that a search finds.
    package func flag(_ mailbox: String, _ flags: String, _ search: [String]) async throws {
        try await doveadm("flags", "add", arguments: [flags, "mailbox", mailbox] + search)
    }
}
