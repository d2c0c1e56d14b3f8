import Hummingbird
import MaxCore
import MaxServer
import NIOCore
import Testing

/// Work that is worth nothing once the client has left.
struct LeavingTests {
    /// A face whose answer never comes, and that tells of each end of the work for it.
    private struct Patient: ServerRoutes {
        let begun: AsyncStream<Void>.Continuation
        let ended: AsyncStream<Bool>.Continuation
        var opening = AsyncStream<Void> { $0.finish() }

        func add(to router: Router<ServerContext>) {
            router.post("/patient") { request, context in
                _ = try await context.body(of: request)
                return try await context.whileClientStays {
                    begun.yield()
                    do { try await Task.sleep(for: .seconds(600)) } catch {
                        ended.yield(Task.isCancelled)
                        throw error
                    }
                    return ""
                }
            }
            router.post("/listened") { request, context in
                _ = try await context.body(of: request)
                return try await context.whileClientStays {
                    begun.yield()
                    for await _ in opening {}
                    try Task.checkCancellation()
                    return "heard"
                }
            }
            router.post("/quick/:word") { _, context in
                let word = context.parameters.get("word") ?? ""
                return try await context.whileClientStays { "done \(word)" }
            }
        }
        func owns(_ path: String) -> Bool { false }
        func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
            Response(status: refusal.status)
        }
    }

    @Test func `is cancelled when the client closes the connection`() async throws {
        let (begins, begun) = AsyncStream.makeStream(of: Void.self)
        let (ends, ended) = AsyncStream.makeStream(of: Bool.self)
        try await Site.with { site in
            try await site.serving(faces: [Patient(begun: begun, ended: ended)]) { port, _ in
                try await Line.to(port, saying: Self.request("/patient")) { _, _ in
                    for await _ in begins { break }
                }
                for await wasCancelled in ends {
                    #expect(wasCancelled)
                    break
                }
            }
        }
    }

    @Test func `goes on for a client that has said everything and listens`() async throws {
        let (begins, begun) = AsyncStream.makeStream(of: Void.self)
        let (_, ended) = AsyncStream.makeStream(of: Bool.self)
        let (opening, open) = AsyncStream.makeStream(of: Void.self)
        try await Site.with { site in
            try await site.serving(faces: [Patient(begun: begun, ended: ended, opening: opening)]) { port, _ in
                try await Line.to(port, saying: Self.request("/listened")) { line, incoming in
                    for await _ in begins { break }
                    try await line.closeOutput()
                    // The interim answer shows that the server knows of the end before the work is over.
                    #expect(await incoming.read(until: "HTTP/1.1 102 Processing\r\n\r\n"))
                    open.finish()
                    #expect(await incoming.read(until: "heard"))
                }
            }
        }
    }

    @Test func `leaves the connection to later requests`() async throws {
        let (_, begun) = AsyncStream.makeStream(of: Void.self)
        let (_, ended) = AsyncStream.makeStream(of: Bool.self)
        try await Site.with { site in
            try await site.serving(faces: [Patient(begun: begun, ended: ended)]) { port, _ in
                try await Line.to(port) { line, incoming in
                    for word in ["one", "two", "three"] {
                        try await line.send(Self.request("/quick/\(word)"))
                        #expect(await incoming.read(until: "done \(word)"))
                    }
                }
            }
        }
    }

    private static func request(_ path: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 2\r\n\r\n{}"
    }
}
