internal import AcmeConnector
internal import GitHubConnector
internal import GmailConnector
package import MaxConnector
internal import YNABConnector

extension ConnectorRegistry {
    /// The connectors that come with Max, in the order of their names.
    package static var bundled: ConnectorRegistry {
        ConnectorRegistry([
            Entry("acme", sandbox: AcmeDouble()) { acme },
            Entry("github", sandbox: GitHubDouble()) { github },
            Entry("gmail", sandbox: GmailDouble()) { gmail },
            Entry("ynab", sandbox: YNABDouble()) { ynab },
        ])
    }
}
