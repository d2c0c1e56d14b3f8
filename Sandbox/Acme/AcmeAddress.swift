/// Where a running sandbox answers, and the keys to begin with.
package struct AcmeAddress: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// Dana's key, the default one.
    package let key: String
    /// Erin's key: the same tenant, another account.
    package let secondKey: String

    /// The tenant URL, without a slash at its end.
    package var url: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
    /// The page a person copies keys from.
    package var settingsURL: String { url + "/settings/api-keys" }

    /// Builds the key that forces a fault on Dana's account.
    package func key(_ fault: AcmeFault) -> String { key + "_" + fault.rawValue }
}
