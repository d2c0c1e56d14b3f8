internal import Foundation
internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer

/// What happens, as it happens.
enum LiveRoutes {
    static let all = [events]

    private static let events = Route(
        method: .get, path: "/v1/events", name: "listenToEvents",
        summary: "What happens to connections, syncs, setups and notices, from now on or from an earlier event on.",
        admission: .scope(.read), parameters: [.lastEventID],
        answer: .events([
            "connections": .shape(.connectionNews), "run": .shape(.runNews), "setup": .shape(.setupNews),
            "notices": .shape(.noticeNews), "resync": .shape(.resync),
        ])
    ) { call in
        let news = call.services.bulletin.serverEvents(after: try call.lastEvent)
        return .stream(.events(news, for: call.request, call.context))
    }
}

extension Call {
    /// The number of the last event that arrived; nil for whoever comes for the first time.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 400 when it is none.
    fileprivate var lastEvent: Int? {
        get throws {
            guard let text = self[.lastEventID] else { return nil }
            if let number = Int(text) { return number }
            throw Refusal(
                .badRequest, "parameter_invalid", "“Last-Event-ID” is not the id of an event.", fix: "Leave it out.")
        }
    }
}
