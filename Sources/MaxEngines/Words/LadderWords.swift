package import MaxCore
package import MaxHub

extension Ladder {
    /// What is under way, for one line; nil when nothing is.
    package var doing: String? { current.map(\.doing) }

    /// Why something could not be proven now, with what it is; nil when nothing is left.
    package var unprovenWords: String? {
        unproven.map { rung in
            let what = "\(Self.notProven) (\(rung.rung.name.lowercased()))"
            return rung.reason.map { "\(what): \($0)" } ?? "\(what)."
        }
    }

    /// What is said of a credential that is kept although nobody could prove all of it.
    package static let notProven = "Saved, not proven yet"
}

extension LadderRung {
    /// What there is to say of it beside its name: how long it took, or why it took no time.
    package var detail: String {
        switch standing {
        case .ahead, .underWay, .passed, .failed: milliseconds.map(Self.words) ?? ""
        case .stood: "used again"
        case .unproven: "not proven yet"
        }
    }

    /// Where it stands, where no mark can say it.
    package var word: String {
        switch standing {
        case .ahead: "ahead"
        case .underWay: "under way"
        case .passed, .stood: "done"
        case .failed: "failed"
        case .unproven: "not proven"
        }
    }

    private static func words(_ milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1: "under 1 ms"
        case ..<1000: "\(milliseconds) ms"
        default: Phrase.span(Double(milliseconds) / 1000)
        }
    }
}

extension Rung {
    /// What people call it.
    package var name: String {
        switch self {
        case .resolve: "Address"
        case .connect: "Connection"
        case .tls: "Encryption"
        case .answer: "Answer"
        case .signIn: "Sign-in"
        case .identity: "Account"
        case .permissions: "Permissions"
        case .record: "First record"
        }
    }

    /// What is done while it is climbed.
    package var doing: String {
        switch self {
        case .resolve: "Looking up the address"
        case .connect: "Connecting"
        case .tls: "Encrypting the connection"
        case .answer: "Waiting for an answer"
        case .signIn: "Signing in"
        case .identity: "Asking whose account it is"
        case .permissions: "Checking what may be read"
        case .record: "Looking for a first record"
        }
    }
}
