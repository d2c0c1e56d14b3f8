/// The messages that one page fetches, chosen by their sizes.
struct MailBatch: Sendable {
    /// What is known of each message before it is fetched.
    let marks: [UInt32: FetchedMessage]
    /// The messages that are fetched whole.
    let whole: UIDSet
    /// The messages of which the beginning is fetched.
    let large: UIDSet

    /// Chooses from the newest on until the page is full; one message always fits.
    init(_ found: [FetchedMessage], mostBytes: Int, mostOfMessage: Int) {
        var (marks, whole, large, bytes): ([UInt32: FetchedMessage], [UInt32], [UInt32], Int) = ([:], [], [], 0)
        for message in found.sorted(by: { ($0.uid ?? 0) > ($1.uid ?? 0) }) {
            guard let uid = message.uid, marks[uid] == nil else { continue }
            let size = message.size ?? mostOfMessage
            guard marks.isEmpty || bytes + min(size, mostOfMessage) <= mostBytes else { break }
            bytes += min(size, mostOfMessage)
            marks[uid] = message
            if size > mostOfMessage { large.append(uid) } else { whole.append(uid) }
        }
        self.marks = marks
        (self.whole, self.large) = (UIDSet(whole), UIDSet(large))
    }

    /// The ids of a chunk that the page is through with: those it fetched, and newer ones that are not there any more.
    func passedOver(in chunk: UIDSet) -> UIDSet {
        guard let oldest = marks.keys.min() else { return chunk }
        return chunk.subtracting(UIDSet(below: oldest))
    }
}
