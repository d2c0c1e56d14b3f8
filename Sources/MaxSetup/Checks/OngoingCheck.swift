internal import MaxHub

/// One setup that is driven on, from a place where its provider has to be asked to its next question.
struct OngoingCheck: Sendable {
    /// The setup as far as it was driven; what the provider told since it was stored may be in it.
    var session: SetupSession
    /// The answer that led to it.
    private let receipt: AnswerReceipt?
    /// Those who wait for it, told how far it climbs.
    var drivers: [Int: AsyncStream<Ladder>.Continuation]
    let work: Task<SetupReply, any Error>
    /// What the provider is being asked; nil before, between and after.
    var call: Call?

    /// One call to the provider.
    struct Call: Sendable {
        var ladder: Ladder
        /// The account's keyed hash, where there is a budget for it.
        let account: String?
        let stop: AsyncStream<Void>.Continuation
    }

    init(
        _ session: SetupSession, drivers: [Int: AsyncStream<Ladder>.Continuation], work: Task<SetupReply, any Error>
    ) {
        (self.session, receipt) = (session, session.receipt)
        (self.drivers, self.work) = (drivers, work)
    }

    /// Whether this leads on from where a session is; it may have been stored once more than is known here.
    ///
    /// One that everybody has left is ended, and leads nowhere.
    func isDriven(from session: SetupSession) -> Bool {
        !drivers.isEmpty && self.session.id == session.id && receipt == session.receipt
            && (self.session.revision...self.session.revision + 1).contains(session.revision)
    }
}
