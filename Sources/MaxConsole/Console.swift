internal import Foundation
package import Hummingbird
package import MaxAccess
package import MaxEngines
package import MaxServer

/// The web console: pages that the server renders, over the engines that every face asks.
package struct Console: ServerRoutes {
    let engines: Engines
    let access: AccessService
    let readiness: Readiness?
    let bulletin: Bulletin?
    /// Whether other machines can reach the server.
    let isOpenToOthers: Bool
    let templates: Templates
    let typed = TypedBoard()
    let shelf = PageShelf()
    let knownSources = KnownSources()

    /// Creates the console.
    ///
    /// - Parameters:
    ///   - readiness: What the page *Server* tells of.
    ///   - bulletin: What pages are kept fresh by; without it they look every now and then while something is under way.
    ///   - isOpenToOthers: Whether other machines can reach the server.
    /// - Throws: What is wrong with a template.
    package init(
        _ engines: Engines, access: AccessService, readiness: Readiness? = nil, bulletin: Bulletin? = nil,
        isOpenToOthers: Bool = false
    ) throws {
        self.engines = engines
        self.access = access
        self.readiness = readiness
        self.bulletin = bulletin
        self.isOpenToOthers = isOpenToOthers
        templates = try Templates()
    }

    package func add(to router: Router<ServerContext>) {
        addAssets(to: router)
        addDoors(to: router)
        addSources(to: router)
        addSetups(to: router)
        addConnections(to: router)
        addRecords(to: router)
        addRuns(to: router)
        addNotices(to: router)
        addChannels(to: router)
        addServer(to: router)
        addAccess(to: router)
    }

    /// Everything that is not for programs.
    package func owns(_ path: String) -> Bool {
        let first = path.split(separator: "/").first ?? ""
        return !["v1", "openapi.json", "healthz", "readyz", "metrics"].contains(first)
    }
}
