package import MaxCore

extension Problem {
    /// Whether the provider refused the credential itself, so that no call will succeed before the owner gives another.
    package var refusesCredential: Bool { code == "credential_refused" && kind == .auth && rung == .signIn }
}
