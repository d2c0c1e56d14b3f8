package import MaxConnector

/// Starts a connector's sandbox when it is needed and keeps it until the command or the server ends.
package protocol SandboxHost: Sendable {
    /// The running sandbox of that connector.
    ///
    /// - Throws: ``MaxCore/MaxError`` when the connector has none or it cannot start.
    func endpoint(of connector: String) async throws -> SandboxEndpoint
}
