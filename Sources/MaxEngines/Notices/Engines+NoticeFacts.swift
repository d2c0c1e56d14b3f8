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
        var names: [String: (source: String, link: URL?)] = [:]
        for name in Set(cards.map(\.connection.connector)) {
            guard let connector = try? await registry.connector(name) else { continue }
            names[name] = (connector.about.displayName, connector.flow.credentialLink)
        }
        let reports = cards.map { card in
            let name = names[card.connection.connector]
            return ConnectionReport(
                card.connection, source: name?.source ?? card.connection.connector, health: card.health,
                link: name?.link)
        }
        return NoticeFacts(
            connections: reports, disk: surroundings.headroom(), diskBounds: surroundings.diskBounds)
    }
}

extension FlowDefinition {
    /// The page on which the provider gives out the first secret that is asked for.
    fileprivate var credentialLink: URL? {
        for step in steps {
            guard case .input(let fields) = step.body, let asked = try? fields(DraftValues([:])) else { continue }
            if let secret = asked.first(where: { $0.isSecret && $0.link != nil }) { return secret.link }
        }
        return nil
    }
}
