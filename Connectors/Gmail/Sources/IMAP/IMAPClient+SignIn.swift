import Foundation
import MaxConnector
import MaxCore

extension IMAPClient {
    /// Signs in, and turns on what the server offers for reading what changed.
    ///
    /// - Parameter isLast: Whether a refusal is believed.
    /// - Throws: ``MaxCore/Problem`` of kind `auth` on the rung `signIn` when the server refuses; where that is believed,
    ///   later calls through the same upstream are refused then where the platform says so.
    func signIn(user: String, password: CredentialHandle<SecretValue>, isLast: Bool = true) async throws {
        let statuses: [IMAPStatus]
        do {
            statuses = try await withTurn { try await $0.authenticate(user, password) }
        } catch let problem as Problem {
            throw problem.kind == .auth ? problem.attributed(to: password.name, on: .signIn) : problem
        }
        guard let end = statuses.last, end.kind == .ok else {
            let problem = refusals.signInProblem(statuses, password)
            throw await fail(problem, isBelieved: isLast || problem.kind != .auth)
        }
        if end.code != "CAPABILITY" { try await ask("CAPABILITY") }
        try await enable()
    }

    private func authenticate(_ user: String, _ password: CredentialHandle<SecretValue>) async throws -> [IMAPStatus] {
        guard can("AUTH=PLAIN") else { return try await login(user, password) }
        var command = IMAPCommand("AUTHENTICATE PLAIN")
        let response = LinePart.secret(password, .saslPlain(user: user))
        if can("SASL-IR") {
            command.append(" ")
            command.append(response)
        } else {
            command.append(whenAsked: [response])
        }
        return try await perform(command)
    }

    private func login(_ user: String, _ password: CredentialHandle<SecretValue>) async throws -> [IMAPStatus] {
        guard !can("LOGINDISABLED") else { throw refusals.noSignIn }
        guard !user.utf8.contains(where: { [0, 0x0a, 0x0d].contains($0) }) else { throw refusals.badUser }
        var command = IMAPCommand("LOGIN ")
        command.append(string: Data(user.utf8), literals: literals)
        command.append(" ")
        command.append(.secret(password, can("LITERAL+") || can("LITERAL-") ? .literal : .quoted))
        return try await perform(command)
    }

    /// Turns on QRESYNC, or CONDSTORE, and names in UTF-8, where the server offers them (RFC 5161).
    private func enable() async throws {
        guard can("ENABLE") else { return }
        let wanted = [can("QRESYNC") ? "QRESYNC" : "CONDSTORE", "UTF8=ACCEPT"].filter(can)
        guard !wanted.isEmpty else { return }
        var enabled: Set<String> = []
        try await ask("ENABLE \(wanted.joined(separator: " "))") { name, _, values in
            if name == "ENABLED" { enabled.formUnion(values.compactMap { $0.atom?.uppercased() }) }
        }
        isResyncing = enabled.contains("QRESYNC")
        isUTF8 = enabled.contains("UTF8=ACCEPT")
    }

    /// How a string that cannot be quoted may be sent.
    var literals: IMAPCommand.Literals {
        if isUTF8 { return .utf8Quoted }
        if can("LITERAL+") { return .free }
        return can("LITERAL-") ? .free4096 : .asked
    }

    private func withTurn<Result: Sendable>(
        _ work: (isolated IMAPClient) async throws -> Result
    ) async throws -> Result {
        try await takeTurn()
        defer { giveTurn() }
        return try await work(self)
    }
}
