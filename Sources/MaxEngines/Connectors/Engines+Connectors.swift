internal import MaxConnector
package import MaxHub
internal import MaxSetup
internal import MaxVault

extension Engines {
    /// The plans of every connector that can be used; `broken` is told of each that cannot.
    package func plans(broken: (String, any Error) -> Void = { _, _ in }) async throws -> [SetupPlan] {
        let deployment = Deployment(vaultLock: await vault.lock(), opens: Self.opens)
        let connections = try await connections()
        var plans: [SetupPlan] = []
        for name in registry.names {
            let connector: any Connector
            do { connector = try await registry.connector(name) } catch {
                broken(name, error)
                continue
            }
            plans.append(await plan(of: connector, deployment, connections))
        }
        return plans
    }

    /// The plan of one connector.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connector_unknown` or what is wrong with the connector.
    package func plan(of name: String) async throws -> SetupPlan {
        let connector = try await registry.connector(name)
        let deployment = Deployment(vaultLock: await vault.lock(), opens: Self.opens)
        return await plan(of: connector, deployment, try await connections())
    }

    private func plan(
        of connector: any Connector, _ deployment: Deployment, _ connections: [Connection]
    ) async -> SetupPlan {
        .make(
            connector, rehearsal: await connector.flow.rehearse(), deployment,
            hasSandbox: registry.sandbox(of: connector.about.name) != nil, connections: connections)
    }
}
