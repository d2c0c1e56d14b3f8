import Hummingbird
import MaxCore
import MaxServer
import MaxStore
import Synchronization
import Testing

struct DrainTests {
    /// A face whose answer waits for a sign.
    private struct Slow: ServerRoutes {
        let begun: AsyncStream<Void>.Continuation
        let sign: AsyncStream<Void>

        func add(to router: Router<ServerContext>) {
            router.get("/slow") { _, _ in
                begun.yield()
                for await _ in sign { break }
                return "done"
            }
        }
        func owns(_ path: String) -> Bool { false }
        func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
            Response(status: refusal.status)
        }
    }

    @Test func `gives the answers that are under way, takes no more connections, and ends`() async throws {
        let (begins, begun) = AsyncStream.makeStream(of: Void.self)
        let (signs, sign) = AsyncStream.makeStream(of: Void.self)
        try await Site.with { site in
            try await site.serving(faces: [Slow(begun: begun, sign: signs)]) { port, stop in
                try await Line.to(port) { line, incoming in
                    try await line.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    for await _ in begins { break }
                    stop()
                    while (try? await Line.to(port) { _, _ in }) != nil { await Task.yield() }
                    sign.yield()
                    #expect(await incoming.readToEnd().hasSuffix("done"))
                }
            }
        }
    }

    @Test func `breaks off what does not end in time`() async throws {
        let (begins, begun) = AsyncStream.makeStream(of: Void.self)
        let (signs, sign) = AsyncStream.makeStream(of: Void.self)
        defer { sign.finish() }
        try await Site.with { site in
            try await site.serving(faces: [Slow(begun: begun, sign: signs)]) {
                $0.limits.drain = .milliseconds(100)
            } _: { port, stop in
                try await Line.to(port) { line, incoming in
                    try await line.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    for await _ in begins { break }
                    stop()
                    _ = await incoming.readToEnd()
                }
            }
        }
    }

    @Test func `says what is wrong when the port is taken`() async throws {
        try await Site.with { site in
            try await site.serving { port, _ in
                var other = site
                other.settings.port = port
                let server = other.server
                let error = await #expect(throws: MaxError.self) {
                    try await server.run(until: { while !Task.isCancelled { await Task.yield() } })
                }
                #expect(error?.code == "port_taken")
                #expect(error?.message.contains("127.0.0.1:\(port)") == true)
            }
        }
    }

    @Test func `says what is wrong when nothing has the name to listen on`() async throws {
        try await Site.with { site in
            var other = site
            other.settings.host = "nowhere.invalid"
            let server = other.server
            let error = await #expect(throws: MaxError.self) {
                try await server.run(until: { while !Task.isCancelled { await Task.yield() } })
            }
            #expect(error?.code == "address_missing")
            #expect(error?.message.contains("nowhere.invalid") == true)
        }
    }

    @Test func `has a seat that one server has at a time, and that tells others where it is`() async throws {
        try await Site.with { site in
            let seat = ServerSeat(folder: site.folder)
            #expect(try seat.address() == nil)
            try await seat.holding { announce async throws in
                #expect(try seat.address() == nil)
                announce("http://127.0.0.1:1")
                #expect(try seat.address() == "http://127.0.0.1:1")
                let error = await #expect(throws: MaxError.self) { try await seat.holding { _ in } }
                #expect(error?.code == "server_running")
                #expect(error?.message.contains("http://127.0.0.1:1") == true)
            }
            #expect(try seat.address() == nil)
            try await seat.holding { _ throws in #expect(try seat.address() == nil) }
        }
    }
}
