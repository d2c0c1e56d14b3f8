internal import MaxConnector
package import MaxHub

extension FinishedView {
    /// When the credential stops working, where the provider told: “API token expires 3 March 2027”.
    package var expiry: String? {
        expiresAt.map { "\(credential ?? "The credential") expires \(Phrase.day($0))" }
    }
}
