internal import Foundation
internal import MaxConnector
package import MaxHub
package import MaxNotices

extension Engines {
    /// What watches over the notices of the project; whoever makes one also syncs when it is time.
    ///
    /// - Parameter tell: Told of every notice that is new.
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    package func noticeKeeper(
        tell: @escaping @Sendable ([Notice]) async -> Void = { _ in }
    ) throws -> NoticeKeeper {
        let store = try requireStore()
        return NoticeKeeper(
            notices: store, changes: store, surroundings: surroundings, facts: { try await noticeFacts() }, tell: tell)
    }

    /// What notices are made of, as it is now.
    func noticeFacts() async throws -> NoticeFacts {
        let cards = try await tendedCards()
        var connectors: [String: any Connector] = [:]
        for name in Set(cards.map(\.connection.connector)) { connectors[name] = try? await registry.connector(name) }
        let reports = cards.map { card in
            let connector = connectors[card.connection.connector]
            return ConnectionReport(
                card.connection, source: connector?.about.displayName ?? card.connection.connector, health: card.health,
                link: connector?.flow.credentialLink(of: card.connection))
        }
        return NoticeFacts(
            connections: reports, disk: surroundings.headroom(), diskBounds: surroundings.diskBounds)
    }
}

extension FlowDefinition {
    /// The page on which the provider gives out the first secret that the setup of a connection asked for.
    fileprivate func credentialLink(of connection: Connection) -> URL? {
        for step in steps {
            guard case .input(let fields) = step.body, let asked = try? fields(DraftValues(connection.config)) else {
                continue
            }
            if let secret = asked.first(where: { $0.isSecret && $0.link != nil }) { return secret.link }
        }
        return nil
    }
}
