internal import Foundation
internal import MaxAccess
internal import MaxEngines
internal import MaxHub

/// What the routes ask, and what the API itself remembers.
struct Services: Sendable {
    let engines: Engines
    let access: AccessService
    let bulletin: Bulletin
    let repeats: Repeats
    let links: OwnerLinks

    init(_ engines: Engines, _ access: AccessService, _ bulletin: Bulletin) {
        self.engines = engines
        self.access = access
        self.bulletin = bulletin
        repeats = Repeats { engines.surroundings.now().timeIntervalSince1970 }
        links = OwnerLinks(access: access, now: engines.surroundings.now)
    }
}
