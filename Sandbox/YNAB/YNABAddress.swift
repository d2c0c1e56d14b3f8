/// Where a running sandbox answers, and the tokens to begin with.
package struct YNABAddress: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// Dana's token, the default one.
    package let token: String
    /// Erin's token: another account.
    package let secondToken: String

    /// The origin, without a slash at its end.
    package var origin: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
    /// The base URL of the API.
    package var url: String { origin + "/v1" }
    /// The page a person copies tokens from.
    package var settingsURL: String { origin + SettingsPage.path }

    /// Builds the token that forces a fault on Dana's account.
    package func token(_ fault: YNABFault) -> String { token + "_" + fault.rawValue }
}
