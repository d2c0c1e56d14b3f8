import HTTPTypes
import Hummingbird
import MaxHub
import MaxServer
import MaxWire
import NIOCore
import Testing

/// A face that shows what the floor below it does.
struct Probe: ServerRoutes {
    func add(to router: Router<ServerContext>) {
        addAskers(to: router)
        router.get("/echo/:word") { _, context in context.parameters.get("word") ?? "" }
        router.get("/me") { _, context in
            "\(context.requestID) \(context.origin) \(context.home) \(context.visitor.address)"
        }
        router.post("/body") { request, context in "\(try await context.body(of: request).readableBytes)" }
        router.post("/ignore") { _, _ in "ignored" }
        router.get("/never") { _, _ -> String in
            try await Task.sleep(for: .seconds(600))
            return ""
        }
        router.get("/broken") { _, _ -> String in throw Unforeseen() }
        router.get("/flood") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    let part = ByteBuffer(repeating: 0x61, count: 1 << 16)
                    while true { try await writer.write(part) }
                })
        }
    }

    private func addAskers(to router: Router<ServerContext>) {
        router.get("/owner") { _, context in "\(try context.requireOwner().id.rawValue)" }
        router.get("/agent") { _, context in try context.requireAgent(.manage).name }
        router.get("/reader") { _, context in "\(try context.requireReader().isOwner)" }
        router.get("/csrf") { _, context in context.csrf ?? "none" }
        router.post("/form") { request, context in
            try context.checkedForm(request).fields.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        }
        router.post("/open-form") { _, context in try context.openForm()["a"] ?? "" }
        router.post("/change") { _, context in "\(try context.require(.manage).isOwner)" }
        router.post("/in") { _, context in
            var response = Response(status: .ok)
            response.signIn(try #require(OwnerToken("mxo_" + String(repeating: "a", count: 43))), context)
            return response
        }
    }

    func owns(_ path: String) -> Bool { path.hasPrefix("/me") || path.hasPrefix("/form") || path.hasPrefix("/owned") }

    func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
        Response(
            status: refusal.status, headers: [.contentType: "text/x-probe"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.problem.code)))
    }

    private struct Unforeseen: Error {}
}
