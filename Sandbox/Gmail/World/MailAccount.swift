/// Everything one person has at the server.
struct MailAccount: Sendable {
    let login: GmailLogin
    private(set) var messages: [StoredMessage] = []
    private(set) var modSeq: UInt64 = 1000
    private(set) var validity: UInt32 = 11
    private var lastUID: [MailLabel: UInt32] = [:]
    private var lastID: UInt64 = 0x17a0_0000_0000_0000

    init(login: GmailLogin, seed: UInt64, count: Int) {
        self.login = login
        let writer = MailWriter(seed: seed, owner: login.address)
        for number in 0..<count { _ = add(writer.draft(number, of: count)) }
    }

    /// Adds a message and returns its id in its mailbox.
    mutating func add(_ draft: MailWriter.Draft) -> UInt32 {
        let uid = lastUID[draft.place, default: 0] + 1
        lastUID[draft.place] = uid
        lastID += 0x1_0007
        modSeq += 1
        messages.append(
            StoredMessage(
                uid: uid, id: lastID, thread: 0x17a0_0000_0000_0000 + UInt64(draft.thread + 1) << 20,
                place: draft.place,
                labels: draft.labels, flags: draft.flags, received: draft.received, modSeq: modSeq, bytes: draft.bytes))
        return uid
    }

    /// Changes a message of “All Mail”.
    mutating func change(_ uid: UInt32, _ change: (inout StoredMessage) -> Void) {
        guard let place = messages.firstIndex(where: { $0.uid == uid && $0.place == .all }) else { return }
        modSeq += 1
        change(&messages[place])
        messages[place].modSeq = modSeq
    }

    /// Removes a message of “All Mail” for good.
    mutating func remove(_ uid: UInt32) {
        modSeq += 1
        messages.removeAll { $0.uid == uid && $0.place == .all }
    }

    /// Numbers every message anew, as a server does that was restored from a copy.
    mutating func renumber() {
        validity += 1
        modSeq += 1
        lastUID = [:]
        for place in messages.indices {
            let uid = lastUID[messages[place].place, default: 0] + 1
            lastUID[messages[place].place] = uid
            messages[place].uid = uid
            messages[place].modSeq = modSeq
        }
    }

    /// The messages that a mailbox shows, in the order of their ids there.
    func messages(in mailbox: MailLabel) -> [StoredMessage] {
        messages.filter { $0.isShown(in: mailbox) }.sorted { $0.uid < $1.uid }
    }

    /// The id that the next message of a mailbox will get.
    func nextUID(in mailbox: MailLabel) -> UInt32 { (lastUID[mailbox.label == nil ? mailbox : .all] ?? 0) + 1 }
}
