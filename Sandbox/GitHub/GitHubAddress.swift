/// Where a running sandbox answers, and the tokens to begin with.
package struct GitHubAddress: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// Dana's fine-grained token, the default one.
    package let token: String
    /// Dana's classic token.
    package let classicToken: String
    /// Erin's fine-grained token: another account.
    package let secondToken: String

    /// The address as an owner of an Enterprise server types it, without a slash at its end.
    package var url: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
    /// The page a person copies tokens from.
    package var settingsURL: String { url + TokensPage.path }

    /// Builds the token that forces a fault on Dana's account.
    package func token(_ fault: GitHubFault) -> String { token + fault.rawValue }
    /// Builds the classic token that forces a fault on Dana's account.
    package func classicToken(_ fault: GitHubFault) -> String { classicToken + fault.rawValue }
}
