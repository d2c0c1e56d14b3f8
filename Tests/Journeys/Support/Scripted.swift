import AcmeSandbox
import MaxCore
import Testing

extension Playground {
    /// The arguments that answer everything about an Acme account; the key is in the environment as `ACME_KEY`.
    static func answers(_ acme: AcmeAddress) -> [String] {
        [
            "--set", "baseURL=\(acme.url)", "--secret-env", "api_token=ACME_KEY", "--allow-host", "127.0.0.1", "--yes",
            "--json",
        ]
    }

    /// Describes a run of `max connect acme` with everything answered.
    ///
    /// - Parameter syncing: Whether the first sync follows.
    func connecting(_ acme: AcmeAddress, key: String? = nil, syncing: Bool = false, _ more: String...) -> ProgramRun {
        run(
            ["connect", "acme"] + Self.answers(acme) + (syncing ? [] : ["--no-sync"]) + more,
            environment: ["ACME_KEY": key ?? acme.key])
    }

    /// Connects an account and gives the connection.
    @discardableResult
    func connect(
        _ acme: AcmeAddress, key: String? = nil, syncing: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let run = connecting(acme, key: key, syncing: syncing)
        let reply = try await run.finish().reply(0, sourceLocation: sourceLocation)
        return try #require(reply["connection"], sourceLocation: sourceLocation)
    }

    /// The connections, as `max ls --json` tells them.
    func connections(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [JSON] {
        let reply = try await max("ls", "--json").reply(0, sourceLocation: sourceLocation)
        return try #require(reply["connections"]?.array, sourceLocation: sourceLocation)
    }

    /// The unfinished setups, as `max status --json` tells them.
    func setups(sourceLocation: SourceLocation = #_sourceLocation) async throws -> [JSON] {
        let reply = try await max("status", "--json").reply(0, sourceLocation: sourceLocation)
        return try #require(reply["setups"]?.array, sourceLocation: sourceLocation)
    }
}

extension AcmeAddress {
    /// A key that looks right and that nobody holds.
    static let unknownKey = "acme_0123456789abcdef0123456789abcdef"
}
