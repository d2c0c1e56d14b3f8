internal import MaxConnector
internal import MaxHub
internal import MaxSetup
package import MaxWire

extension Engines {
    /// The one list of everything: the setups of new connections first, then every connection with its own.
    package func sources() async throws -> [SourceBody] {
        let setups = try await setup.unfinished()
        let cards = try await cards()
        let known = Set(cards.map(\.connection.id))
        var sources: [SourceBody] = []
        for setup in setups where !known.contains(setup.connection) {
            let about = try? await registry.connector(setup.connector).about
            sources.append(SourceBody(setup, label: about?.displayName ?? setup.connector))
        }
        return sources
            + cards.map { card in SourceBody(card.body, setup: setups.first { $0.connection == card.connection.id }) }
    }
}
