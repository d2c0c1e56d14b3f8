internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// A connection made ready to collect from: its connector assembled with its config, its secrets and a way out.
struct OpenConnection: Sendable {
    let about: ConnectorDescriptor
    let schema: ConnectorSchema
    let connector: InstalledConnector
    let map: SyncMap
    /// Knows the secrets that the connector was given.
    let witness: WitnessedCredentials
}

extension SyncService {
    /// Assembles a connection's connector; the provider is not asked anything yet.
    ///
    /// - Throws: ``MaxCore/Problem`` or ``MaxCore/MaxError`` that says why it cannot be collected from.
    func open(_ id: ConnectionID, recording recorder: FlightRecorder) async throws -> OpenConnection {
        let connection = try await connection(id)
        let connector = try await registry.connector(connection.connector)
        let endpoint = connection.isSandbox ? try await sandboxes.endpoint(of: connection.connector) : nil
        // A sandbox may have another address in every process.
        let config = connection.config.merging(endpoint?.answers ?? [:]) { _, now in now }
        let witness = WitnessedCredentials(keeper.credentials(of: id, staged: false, purpose: "sync"))
        let credentials = CredentialProvider(witness, now: surroundings.now)
        let upstream = upstreams.upstream(route(of: connector, connection, endpoint, config, recorder))
        let installed: InstalledConnector
        do {
            installed = try connector.install(config, version: connection.configVersion, credentials, upstream)
        } catch let problem as Problem { throw problem } catch {
            throw Problem.configUnfit(connector.about.displayName)
        }
        return OpenConnection(
            about: connector.about, schema: connector.schema, connector: installed,
            map: try SyncMap(installed, provider: connector.about.displayName), witness: witness)
    }

    private func route(
        of connector: any Connector, _ connection: Connection, _ endpoint: SandboxEndpoint?, _ config: [String: JSON],
        _ recorder: FlightRecorder
    ) -> UpstreamRoute {
        UpstreamRoute(
            connector: connector.about, hosts: connector.about.egress.hosts(config),
            allowedPrivateHosts: connection.allowedHosts.union([endpoint?.url.authority].compactMap(\.self)),
            deadline: .seconds(limits.request), credentialPage: connector.flow.credentialPage(config),
            stopsAfterRefusal: true, recorder: recorder)
    }
}

extension FlowDefinition {
    /// The page on which the owner makes the credential that a setup with these answers asked for last.
    fileprivate func credentialPage(_ answers: [String: JSON]) -> Problem.Fix? {
        let draft = DraftValues(answers)
        return steps.lazy.filter { (try? $0.isApplicable(draft)) == true }
            .flatMap { step -> [FieldSpec] in
                if case .input(let fields) = step.body { (try? fields(draft)) ?? [] } else { [] }
            }
            .last { $0.isSecret }?.creationPage
    }
}

extension Problem {
    /// The stored config cannot be read by this version of the connector.
    fileprivate static func configUnfit(_ provider: String) -> Problem {
        Problem(
            "config_unfit", .permanent,
            "The settings of this connection do not fit this version of the connector for \(provider).",
            fix: .action("Reconnect it."))
    }
}
