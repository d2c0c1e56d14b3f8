package import Hummingbird

/// Pages or resources that the server offers.
package protocol ServerRoutes: Sendable {
    /// Adds them to the router.
    func add(to router: Router<ServerContext>)
    /// Whether what goes wrong at a path is told in their form, whether or not there is anything at it.
    func owns(_ path: String) -> Bool
    /// Tells of a refusal in their form; status, request id and the refusal's own headers are added by the server.
    func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response
}
