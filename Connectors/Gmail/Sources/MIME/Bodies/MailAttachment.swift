/// What is told of something that came with a message; its content is not kept.
struct MailAttachment: Sendable, Hashable {
    /// Its place in the message, as IMAP numbers parts (RFC 3501, section 6.4.5), such as `2` or `1.3`.
    let part: String
    let name: String?
    let type: String
    /// How many bytes it has once decoded.
    let size: Int
    /// The id under which the text refers to it, without angle brackets.
    let contentID: String?
    /// Whether it is meant to be shown within the text.
    let isInline: Bool
}

extension MailPart {
    /// Everything that came with a message, in its order.
    func attachments(_ limits: MailLimits) -> [MailAttachment] {
        var found: [MailAttachment] = []
        collect("", isBody: true, limits, into: &found)
        return found
    }

    private func collect(_ place: String, isBody: Bool, _ limits: MailLimits, into found: inout [MailAttachment]) {
        if isMultipart, !children.isEmpty {
            for (number, child) in children.enumerated() {
                let place = place.isEmpty ? "\(number + 1)" : "\(place).\(number + 1)"
                child.collect(place, isBody: false, limits, into: &found)
            }
        } else if isAttachment, !isMultipart || !isBody {
            found.append(attachment(at: place.isEmpty ? "1" : place, limits))
        }
    }

    private func attachment(at place: String, _ limits: MailLimits) -> MailAttachment {
        let contentID = header.first("content-id").map { EncodedWords.decode($0, limit: limits.lineBytes) }
            .map { String($0.drop { $0 == "<" }.prefix { $0 != ">" }) }
        return MailAttachment(
            part: place, name: fileName ?? subjectOfMessage(limits), type: mediaType,
            size: encoding.decodedSize(body), contentID: contentID?.isEmpty == true ? nil : contentID,
            isInline: disposition?.value == "inline" || disposition == nil && contentID != nil)
    }

    /// The name of a message that came with another: its subject.
    private func subjectOfMessage(_ limits: MailLimits) -> String? {
        message.first?.header.first("subject").map { EncodedWords.decode($0, limit: limits.lineBytes) }
            .flatMap { $0.isEmpty ? nil : $0 }
    }
}
