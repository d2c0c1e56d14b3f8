internal import AcmeConnector
internal import GitHubConnector
package import MaxConnector
internal import YNABConnector

extension ConnectorRegistry {
    /// The connectors that come with Max, in the order of their names.
    package static var bundled: ConnectorRegistry {
        ConnectorRegistry([
            Entry("acme", sandbox: AcmeDouble()) { acme },
            Entry("github", sandbox: GitHubDouble()) { github },
            Entry("ynab", sandbox: YNABDouble()) { ynab },
        ])
    }
}
