import Foundation

extension MailMessage {
    /// Takes the attachments from what the server says of the parts, where only the beginning of a message was fetched.
    mutating func takeAttachments(from structure: BodyPart?) {
        isCut = true
        guard let structure else { return }
        var found: [MailAttachment] = []
        structure.collect(into: &found, MailLimits())
        attachments = found
    }
}

extension BodyPart {
    fileprivate func collect(into found: inout [MailAttachment], _ limits: MailLimits) {
        guard found.count < limits.parts else { return }
        if mediaType.hasPrefix("multipart/") {
            for part in parts { part.collect(into: &found, limits) }
        } else if isAttachment {
            found.append(attachment)
        }
    }

    private var name: String? {
        (dispositionParameters["filename"] ?? parameters["name"])
            .map { EncodedWords.decode([UInt8]($0)[...]) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private var isAttachment: Bool {
        if disposition == "attachment" || !mediaType.hasPrefix("text/") { return true }
        return name != nil && disposition == "inline"
    }

    private var attachment: MailAttachment {
        let identifier = contentID.map { EncodedWords.decode([UInt8]($0)[...]) }
            .map { String($0.drop { $0 == "<" }.prefix { $0 != ">" }) }
        let bytes = size.map { encoding == "base64" ? $0 / 78 * 57 : $0 } ?? 0
        return MailAttachment(
            part: number, name: name, type: mediaType, size: bytes, contentID: identifier,
            isInline: disposition == "inline" || disposition == nil && contentID != nil)
    }
}
