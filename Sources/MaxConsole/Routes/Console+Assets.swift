internal import HTTPTypes
internal import Hummingbird
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxServer
internal import NIOCore

extension Console {
    func addAssets(to router: Router<ServerContext>) {
        for asset in Asset.allCases {
            router.get("/assets/:version/\(asset.rawValue)") { _, _ in Self.file(asset.bytes, asset.mediaType) }
        }
        router.get("/assets/icons/:connector") { _, context in
            let connector = try await engines.registry.connector(context.part("connector"))
            return Self.file(Array(connector.about.icon.utf8), "image/svg+xml")
        }
        router.get("/events") { request, context in try events(request, context) }
    }

    /// A file that never changes under its address.
    private static func file(_ bytes: [UInt8], _ mediaType: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: mediaType, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func events(_ request: Request, _ context: ServerContext) throws -> Response {
        _ = try context.requireOwner()
        let known = request.lastEventID ?? request.word("after").flatMap { Int($0) }
        guard let bulletin else { throw Refusal(.notFound, "not_found", "There are no events here.") }
        return .events(bulletin.serverEvents(after: known), for: request, context)
    }
}
