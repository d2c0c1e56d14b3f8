/// A message as the server keeps it.
struct StoredMessage: Sendable {
    /// Its place in “All Mail”, in spam or in the trash.
    var uid: UInt32
    /// Gmail's id, the same wherever it is shown.
    let id: UInt64
    let thread: UInt64
    /// Where it lies: ``MailLabel/all``, ``MailLabel/spam`` or ``MailLabel/trash``.
    var place: MailLabel
    var labels: Set<String>
    var flags: Set<String>
    /// Seconds since 1970.
    let received: Int
    var modSeq: UInt64
    let bytes: [UInt8]

    /// Whether a mailbox shows it.
    func isShown(in mailbox: MailLabel) -> Bool {
        if mailbox.label == nil { return place == mailbox }
        return place == .all && mailbox.label.map(labels.contains) == true
    }
}
