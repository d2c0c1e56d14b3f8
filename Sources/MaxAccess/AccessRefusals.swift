internal import MaxCore
internal import MaxHub

extension MaxError {
    static let ownerMissing = MaxError(
        .ownerMissing, "Nobody has chosen a passphrase yet.",
        fix: "Open the link that max serve printed; max owner reset prints a new one.")

    static let passphraseWrong = MaxError(
        .passphraseWrong, "That passphrase is not right.",
        fix: "Try again. If it is lost, run max owner reset on the machine that Max runs on.")

    static func passphraseShort(_ least: Int) -> MaxError {
        MaxError(
            .passphraseUnfit, "A passphrase has at least \(least) characters.",
            fix: "Choose a longer one: four words that have nothing to do with each other are good.")
    }

    static let passphraseLong = MaxError(
        .passphraseUnfit, "This is too long for a passphrase.", fix: "Choose a shorter one, of at most 1,024 bytes.")

    static func tooManyAttempts(_ wait: Double) -> MaxError {
        MaxError(
            .tooManyAttempts, "There were too many wrong attempts.", fix: "Try again in \(wait.inSeconds).",
            retryAfter: wait.rounded(.up))
    }

    static func tooManyRequests(_ wait: Double) -> MaxError {
        MaxError(
            .tooManyAttempts, "There were too many requests to be let in.", fix: "Try again in \(wait.inSeconds).",
            retryAfter: wait.rounded(.up))
    }

    static let ownerLinkSpent = MaxError(
        .linkSpent, "This link was used already, or is too old.",
        fix: "Open Sources: a setup that waits for you is listed there. Or let your agent give you a new link.")

    static let scopesMissing = MaxError(
        .scopesUnfit, "This request asks for nothing.", fix: "Ask for at least one of setup, read and manage.")

    static let scopesExceeded = MaxError(
        .scopesUnfit, "An agent can be allowed all or some of what it asked for, and nothing else.",
        fix: "Choose at least one of the permissions it asked for, or turn it away.")

    static let userCodeUnknown = MaxError(
        .userCodeUnknown, "Nothing waits to be let in with that code.",
        fix: "Compare it with the code that is shown. Codes last ten minutes: begin again there if it is older.")
}

extension MaxError {
    static func authorizationPending(_ interval: Int) -> MaxError {
        MaxError(
            .authorizationPending, "The owner has not decided yet.", fix: "Ask again in \(interval) seconds.",
            retryAfter: Double(interval))
    }

    static func slowDown(_ interval: Int) -> MaxError {
        MaxError(
            .slowDown, "This was asked too soon after the last time.",
            fix: "Leave \(interval) seconds between two questions.", retryAfter: Double(interval))
    }

    static let accessDenied = MaxError(.accessDenied, "The owner turned this request away.")

    static let expiredToken = MaxError(
        .expiredToken, "The owner did not decide within ten minutes.", fix: "Begin again with a new code.")

    static let invalidGrant = MaxError(
        .invalidGrant, "This code is none, or it was used already.", fix: "Begin again with a new code.")
}

extension Double {
    /// The time in whole seconds, in words.
    fileprivate var inSeconds: String {
        let seconds = max(1, Int(rounded(.up)))
        return seconds == 1 ? "a second" : "\(seconds) seconds"
    }
}
