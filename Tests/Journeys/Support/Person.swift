import AcmeSandbox
import PseudoTerminal
import Testing

extension PseudoTerminal {
    /// Waits for a question and answers it.
    func answer(_ question: String, _ text: String) async throws {
        try await expectQuestion(question)
        await send(line: text)
    }

    /// Types a line and presses Enter.
    func send(line: String) async {
        await send(line)
        await send(.enter)
    }

    /// Waits until a question is open for typing.
    func expectQuestion(_ question: String) async throws {
        try await expect("? \(question)")
        try await expect("›")
    }

    /// Waits for the end and expects that exit code and a terminal as it was before.
    func expectEnd(_ code: Int32, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let status = try await wait()
        #expect(status == .exited(code), "\(screen)", sourceLocation: sourceLocation)
        #expect(isEchoing && isCanonical && showsCursor && !bracketsPaste, sourceLocation: sourceLocation)
    }

    /// Answers the tenant URL and the API token, and lets the address be called that only this machine has.
    func signIn(_ acme: AcmeAddress, key: String? = nil) async throws {
        try await answer("Tenant URL", acme.url)
        try await answer("API token", key ?? acme.key)
        try await answer("A private address", "2")
    }

    /// All bytes the program wrote, as text.
    var everything: String { String(decoding: transcript, as: UTF8.self) }
}
