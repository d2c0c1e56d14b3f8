internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Stores the transcript of a check with its setup; a check does not fail for want of it.
    func keep(
        _ flight: FlightRecorder, of session: SetupSession, _ word: String, _ end: (inout RecordedEvent) -> Void
    ) async {
        flight.note(.ended, word, end)
        let key = RecordingKey(session.id, of: session.connection)
        try? await recordings?.record(flight.take(), as: key, at: surroundings.now())
    }
}

extension FlowCall {
    /// What is asked, in a word.
    var word: String {
        switch self {
        case .check: "check"
        case .options: "options"
        case .custom: "custom"
        }
    }
}

extension RecordedEvent {
    /// Notes what was found, without what it was.
    mutating func tell(_ finding: FlowFinding) {
        switch finding {
        case .problem(let problem): fail(problem)
        case .privateHost: outcome = "private_address"
        case .account(_, existing: let clash): outcome = clash == nil ? "account" : "account_known"
        case .options(let choices, query: _):
            outcome = "options"
            count = choices.count
        case .additions: outcome = "additions"
        }
    }
}
