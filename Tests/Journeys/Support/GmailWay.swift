import GmailSandbox

extension GmailAddress {
    /// A password that looks right and that opens nothing.
    static let unknownPassword = "mistyped but long enough"

    /// The answers that lead to this server and not to Gmail's own.
    var settings: [String] {
        ["--set", "host=\(host)", "--set", "port=\(port)", "--set", "security=none"]
    }
}

extension Playground {
    /// Describes a run of `max connect gmail` with everything answered; the password is in the environment.
    func connecting(_ gmail: GmailAddress, as login: GmailLogin? = nil, password: String? = nil) -> ProgramRun {
        let login = login ?? gmail.account
        return run(
            [
                "connect", "gmail", "--set", "address=\(login.address)", "--secret-env", "password=PASSWORD",
                "--allow-host", gmail.host, "--json",
            ] + gmail.settings, environment: ["PASSWORD": password ?? login.password])
    }
}

/// Gives `body` a fresh folder and a mail server with two accounts.
func withGmail<Value>(_ body: (Playground, GmailAddress) async throws -> Value) async throws -> Value {
    try await withPlayground { place in
        try await GmailSandbox.serve(GmailSandboxOptions(messages: 40)) { gmail, _ in try await body(place, gmail) }
    }
}
