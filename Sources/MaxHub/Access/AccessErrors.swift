package import MaxCore

extension MaxError.Code {
    /// Nobody has chosen a passphrase.
    package static let ownerMissing: Self = "owner_missing"
    /// The passphrase is another one.
    package static let passphraseWrong: Self = "passphrase_wrong"
    /// The passphrase is too short to be safe, or too long to be one.
    package static let passphraseUnfit: Self = "passphrase_unfit"
    /// Too many attempts in too short a time; `retryAfter` says when the next one is welcome.
    package static let tooManyAttempts: Self = "too_many_attempts"
    /// The link was used, replaced, or is too old.
    package static let linkSpent: Self = "link_spent"
    /// No program waits with that user code.
    package static let userCodeUnknown: Self = "user_code_unknown"
    /// A program asks for nothing, or would be allowed more than it asked for.
    package static let scopesUnfit: Self = "scopes_unfit"
    /// As many programs wait to be let in as may.
    package static let grantsFull: Self = "grants_full"
}

/// The codes of RFC 8628, section 3.5, and RFC 6749, section 5.2, under the names that programs know them by.
extension MaxError.Code {
    /// The owner has not decided yet.
    package static let authorizationPending: Self = "authorization_pending"
    /// The program asked again too soon; `retryAfter` is the interval from now on.
    package static let slowDown: Self = "slow_down"
    /// The owner said no.
    package static let accessDenied: Self = "access_denied"
    /// The owner did not decide in time.
    package static let expiredToken: Self = "expired_token"
    /// There is no such device code, or it was redeemed.
    package static let invalidGrant: Self = "invalid_grant"
}

extension MaxError {
    /// The refusal of a link with which a passphrase would have been chosen.
    package static let welcomeSpent = MaxError(
        .linkSpent, "This link was used already, or is too old.",
        fix: "Run max owner reset on the machine that Max runs on, and open the link that it prints.")

    /// The refusal of one request more than may wait.
    package static let grantsFull = MaxError(
        .grantsFull, "Too many programs wait to be let in.", fix: "Try again in a few minutes.",
        retryAfter: DeviceGrant.lifetime / 2)
}
