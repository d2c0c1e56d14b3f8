internal import AcmeConnector
package import MaxConnector

extension ConnectorRegistry {
    /// The connectors that come with Max, in the order of their names.
    package static var bundled: ConnectorRegistry {
        ConnectorRegistry([
            Entry("acme", sandbox: AcmeDouble()) { acme }
        ])
    }
}
