internal import AcmeConnector
public import MaxConnector

extension ConnectorRegistry {
    /// The connectors that come with Max, in the order of their names.
    public static var bundled: ConnectorRegistry {
        ConnectorRegistry([
            Entry("acme", sandbox: AcmeDouble()) { acme }
        ])
    }
}
