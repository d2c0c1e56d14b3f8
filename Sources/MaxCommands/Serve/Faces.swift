internal import MaxAPI
internal import MaxConsole
internal import MaxEngines
internal import MaxServer

/// The faces that a server has.
enum Faces {
    /// All of them, over the engines of a desk.
    ///
    /// - Throws: What is wrong with a page's template.
    static func all(_ desk: Desk, _ bulletin: Bulletin, _ settings: ServerSettings) throws -> [any ServerRoutes] {
        let readiness = Readiness(desk.engines, access: desk.access)
        return [
            API(desk.engines, access: desk.access, bulletin: bulletin),
            try Console(
                desk.engines, access: desk.access, readiness: readiness, bulletin: bulletin,
                isOpenToOthers: settings.isOpenToOthers),
        ]
    }
}
