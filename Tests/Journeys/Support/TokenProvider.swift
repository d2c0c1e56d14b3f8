import GitHubSandbox
import YNABSandbox

/// A provider whose accounts are connected by pasting one token, as its owner meets it.
enum TokenProvider: String, Sendable, CaseIterable {
    case github
    case ynab

    /// What its owner reads and types.
    struct Words: Sendable {
        let name: String
        let question: String
        /// What says that a text is no token of the provider's.
        let mismatch: String
        let refusal: String
        /// The entity of which an account has most.
        let entity: String
        let secret: String
        /// A token that looks right and that nobody holds.
        let unknown: String
    }

    var words: Words {
        switch self {
        case .github:
            Words(
                name: "GitHub", question: "Access token", mismatch: "This does not look like a GitHub token",
                refusal: "GitHub rejected this access token", entity: "GitHubIssue", secret: "token",
                unknown: "ghp_" + String(repeating: "0", count: 36))
        case .ynab:
            Words(
                name: "YNAB", question: "Personal access token",
                mismatch: "This does not look like a YNAB access token",
                refusal: "YNAB rejected this personal access token", entity: "YNABTransaction", secret: "access_token",
                unknown: String(repeating: "n0b0dy-", count: 6) + "x")
        }
    }

    /// A double of it that is up, and two accounts there.
    struct Address: Sendable {
        let url: String
        let token: String
        let secondToken: String
        /// Forces faults on the first account.
        let hanging: String
        let failing: String
    }

    /// Gives `body` a fresh folder and the provider to connect to.
    func visited<Value>(_ body: (Playground, Address) async throws -> Value) async throws -> Value {
        try await withPlayground { place in
            switch self {
            case .github:
                try await GitHubSandbox.serve { provider in
                    let address = Address(
                        url: provider.url, token: provider.token, secondToken: provider.secondToken,
                        hanging: provider.token(.hang), failing: provider.token(.serverError))
                    return try await body(place, address)
                }
            case .ynab:
                try await YNABSandbox.serve { provider in
                    let address = Address(
                        url: provider.url, token: provider.token, secondToken: provider.secondToken,
                        hanging: provider.token(.hang), failing: provider.token(.serverError))
                    return try await body(place, address)
                }
            }
        }
    }
}

extension Playground {
    /// Describes a run of `max connect` with everything answered; the token is in the environment.
    func connecting(_ provider: TokenProvider, at address: TokenProvider.Address, token: String? = nil) -> ProgramRun {
        run(
            [
                "connect", provider.rawValue, "--set", "baseURL=\(address.url)", "--secret-env",
                "\(provider.words.secret)=TOKEN", "--allow-host", "127.0.0.1", "--yes", "--json",
            ], environment: ["TOKEN": token ?? address.token])
    }
}
