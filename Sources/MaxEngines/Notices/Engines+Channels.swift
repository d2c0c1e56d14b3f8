internal import Foundation
internal import MaxCore
internal import MaxHub
package import MaxNotices
internal import MaxWire

extension Engines {
    /// The ways on which notices leave the machine.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    package func channels() throws -> NoticeChannels {
        NoticeChannels(
            rows: try requireStore(), keeper: vault, upstreams: upstreams, surroundings: surroundings)
    }

    /// What sends notices on those ways.
    ///
    /// - Parameter home: The address at which the console is found from elsewhere; nil where nobody said it.
    /// - Throws: ``MaxCore/MaxError`` with code `project_missing`.
    package func deliveryKeeper(home: String?) throws -> DeliveryKeeper {
        DeliveryKeeper(try channels()) { await story(of: $0, home: home) }
    }

    /// A notice as it is told elsewhere.
    func story(of notice: Notice, home: String?) async -> NoticeStory {
        let body = (try? await bodies(of: [notice]))?.first
        let page = home.map { home in
            body?.connection.map { "\(home)/connections/\($0)" } ?? "\(home)/notices"
        }
        let told = body.flatMap { try? JSON(encoding: $0) }
        var json = told?.object ?? ["id": .string(notice.id.rawValue)]
        json["url"] = page.map(JSON.string)
        let advice = body.flatMap { body in body.connection.flatMap { notice.action?.command(for: $0) } }
        return NoticeStory(notice, json: .object(json), advice: advice, page: page)
    }
}

extension ConnectionHealth.Action {
    /// The command that does it; nil where there is none.
    fileprivate func command(for connection: String) -> String? {
        switch self {
        case .sync: "max sync \(connection)"
        case .reconnect: "max reconnect \(connection)"
        case .resume: "max schedule \(connection) --resume"
        case .serverSetting, .wait: nil
        }
    }
}
