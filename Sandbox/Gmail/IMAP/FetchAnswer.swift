/// What FETCH answers of a message (RFC 9051, section 7.5.2).
struct FetchAnswer {
    /// What was asked for, in upper case.
    let items: [String]
    let mailbox: MailLabel

    init(items: [String], mailbox: MailLabel) {
        self.items = items.map { $0.uppercased() }
        self.mailbox = mailbox
    }

    func bytes(of message: StoredMessage, number: Int) -> [UInt8] {
        var parts: [[UInt8]] = [Array("UID \(message.uid)".utf8)]
        for item in items {
            switch item {
            case "FLAGS": parts.append(Array("FLAGS (\(message.flags.sorted().joined(separator: " ")))".utf8))
            case "INTERNALDATE":
                parts.append(Array("INTERNALDATE \"\(MailMoment(message.received).internalDate)\"".utf8))
            case "RFC822.SIZE": parts.append(Array("RFC822.SIZE \(message.bytes.count)".utf8))
            case "MODSEQ": parts.append(Array("MODSEQ (\(message.modSeq))".utf8))
            case "X-GM-MSGID": parts.append(Array("X-GM-MSGID \(message.id)".utf8))
            case "X-GM-THRID": parts.append(Array("X-GM-THRID \(message.thread)".utf8))
            case "X-GM-LABELS": parts.append(Array("X-GM-LABELS (\(labels(of: message)))".utf8))
            case "BODYSTRUCTURE":
                let lines = message.bytes.count { $0 == 10 }
                let tree = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" \(message.bytes.count) \(lines) NIL NIL NIL NIL)"
                parts.append(Array("BODYSTRUCTURE \(tree)".utf8))
            case _ where item.hasPrefix("BODY.PEEK["): parts.append(section(item, of: message))
            default: continue
            }
        }
        return Array("* \(number) FETCH (".utf8) + Array(parts.joined(separator: [32])) + Array(")\r\n".utf8)
    }

    /// The labels but for the one of the mailbox that is open.
    private func labels(of message: StoredMessage) -> String {
        message.labels.filter { $0 != mailbox.label }.sorted().map(NameSpelling.label).joined(separator: " ")
    }

    /// A section; the whole message and its header are all there is.
    private func section(_ item: String, of message: StoredMessage) -> [UInt8] {
        let name = item.dropFirst("BODY.PEEK[".count).prefix { $0 != "]" }
        var (content, origin) = (message.bytes[...], "")
        if name.hasPrefix("HEADER") { content = content[..<endOfHeader(content)] }
        let partial = item.split(separator: "<").dropFirst().first?.dropLast().split(separator: ".").compactMap {
            Int($0)
        }
        if let partial, partial.count == 2 {
            content = content.dropFirst(partial[0]).prefix(partial[1])
            origin = "<\(partial[0])>"
        }
        return Array("BODY[\(name)]\(origin) {\(content.count)}\r\n".utf8) + content
    }

    private func endOfHeader(_ bytes: ArraySlice<UInt8>) -> Int {
        var isAfterNewline = false
        for place in bytes.indices where bytes[place] != 13 {
            if bytes[place] == 10, isAfterNewline { return place + 1 }
            isAfterNewline = bytes[place] == 10
        }
        return bytes.endIndex
    }
}

extension NameSpelling {
    /// A label as it stands in an answer: Gmail's own ones begin with a backslash, which is quoted like any other.
    static func label(_ label: String) -> String { quoted(encode(label)) }
}
