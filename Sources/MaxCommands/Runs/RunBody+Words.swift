internal import MaxHub
internal import MaxWire

extension RunBody {
    /// How it stands; a word that this program does not know counts as failed.
    var standing: RunState { RunState(rawValue: state) ?? .failed }

    var key: RunID { RunID(rawValue: id) }

    /// Enough of its id to be told from others by a person.
    var short: String { String(id.prefix(12)) }

    /// Whether somebody works on it.
    var isUnderWay: Bool { standing == .running && !stalled }

    /// How it stands, in a word or three for people.
    var outcome: String {
        switch standing {
        case .requested: "not begun"
        case .running: stalled ? "broke off" : "under way"
        case .complete: "complete"
        case .partial: "part is missing"
        case .failed: "failed"
        case .cancelled: "stopped"
        }
    }
}

extension ProblemBody {
    /// What happened and what to do, for one place on a screen.
    var words: String { remedy.map { "\(message) \($0)" } ?? message }

    /// What to do, for one place on a screen.
    var remedy: String? { url.map { "\(fix ?? ""): \($0)" } ?? fix }
}
