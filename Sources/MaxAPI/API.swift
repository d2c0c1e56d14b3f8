internal import Foundation
internal import HTTPTypes
package import Hummingbird
package import MaxAccess
internal import MaxCore
package import MaxEngines
package import MaxServer
internal import MaxWire
internal import NIOCore

/// The resources below `/v1`, and the document that describes them at `/openapi.json`.
package struct API: ServerRoutes {
    let services: Services

    /// Creates the API over the engines.
    ///
    /// - Parameters:
    ///   - access: The same that the server finds out with who asks.
    ///   - bulletin: What tells the news at `/v1/events`; somebody else runs it.
    package init(_ engines: Engines, access: AccessService, bulletin: Bulletin) {
        services = Services(engines, access, bulletin)
    }

    /// Adds every route of the table, and the document that is made from the same table.
    package func add(to router: Router<ServerContext>) {
        for route in RouteTable.routes {
            let endpoint = Endpoint(route: route, services: services)
            router.on(route.routerPath, method: route.method, use: endpoint.answer)
        }
        router.get(RouterPath(Document.path)) { request, _ in try Document.answer.get().response(to: request) }
    }

    /// Whether a path is one of the API's.
    package func owns(_ path: String) -> Bool {
        path == "/v1" || path.hasPrefix("/v1/") || path == Document.path
    }

    /// Tells of a refusal as a problem (RFC 9457).
    package func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
        Response(
            status: refusal.status,
            headers: [.contentType: ProblemDetails.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: Self.problem(refusal))))
    }

    /// A refusal as the text of a problem.
    static func problem(_ refusal: Refusal) -> [UInt8] {
        let details = ProblemDetails(
            refusal.problem, status: refusal.status.code, title: refusal.status.reasonPhrase)
        return (try? JSON.encoder.encode(details)).map(Array.init) ?? []
    }
}

extension Route {
    /// The path as the router writes it, with colons before its parameters.
    fileprivate var routerPath: RouterPath {
        RouterPath(
            path.split(separator: "/").map { $0.hasPrefix("{") ? ":\($0.dropFirst().dropLast())" : "\($0)" }
                .joined(separator: "/"))
    }
}
