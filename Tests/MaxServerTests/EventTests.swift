import Hummingbird
import MaxAccess
import MaxHub
import MaxServer
import Synchronization
import Testing

@testable import MaxServer

struct EventTests {
    @Test func `is written as browsers read it, whatever the data`() {
        let event = ServerEvent(id: 7, name: "run", data: "a\nb\r\nc\rdata: d\n\nevent: e")
        #expect(
            String(buffer: event.wire)
                == "id: 7\nevent: run\ndata: a\ndata: b\ndata: c\ndata: data: d\ndata: \ndata: event: e\n\n")
        #expect(String(buffer: ServerEvent(name: "a\nb", data: "").wire) == "event: ab\ndata: \n\n")
    }

    /// A face with one stream of events.
    private struct Streams: ServerRoutes {
        let events: AsyncStream<ServerEvent>

        func add(to router: Router<ServerContext>) {
            router.get("/stream") { request, context in Response.events(events, for: request, context) }
        }
        func owns(_ path: String) -> Bool { false }
        func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
            Response(status: refusal.status)
        }
    }

    private static let request = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test func `arrives when it happens, and the stream ends with the events`() async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerEvent.self)
        try await Site.with { site in
            try await site.serving(faces: [Streams(events: events)]) { port, _ in
                try await Line.to(port) { line, incoming in
                    try await line.send(Self.request)
                    for number in 1...3 {
                        source.yield(ServerEvent(id: number, name: "n", data: "\(number)"))
                        #expect(await incoming.read(until: "id: \(number)\nevent: n\ndata: \(number)\n\n"))
                    }
                    #expect(incoming.text.contains("Content-Type: text/event-stream"))
                    source.finish()
                    #expect(await incoming.read(until: "0\r\n\r\n"))
                }
            }
        }
    }

    @Test func `is accompanied by comments that keep a quiet stream open`() async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerEvent.self)
        defer { source.finish() }
        try await Site.with { site in
            try await site.serving(faces: [Streams(events: events)]) {
                $0.limits.pause = .milliseconds(10)
            } _: { port, _ in
                try await Line.to(port) { line, incoming in
                    try await line.send(Self.request)
                    #expect(await incoming.read(until: ": ping\n\n"))
                }
            }
        }
    }

    @Test func `is let go when the client leaves`() async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerEvent.self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        source.onTermination = { _ in end.yield() }
        try await Site.with { site in
            try await site.serving(faces: [Streams(events: events)]) { port, _ in
                try await Line.to(port) { line, incoming in
                    try await line.send(Self.request)
                    #expect(await incoming.read(until: "retry"))
                }
                for await _ in ends { break }
            }
        }
    }

    @Test(arguments: [true, false])
    func `ends for an owner who signed out, and for an agent that was sent away`(isOwner: Bool) async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerEvent.self)
        defer { source.finish() }
        try await Site.with { site in
            let agent = try await site.admit([.read])
            let owner = try await site.signIn()
            let asker = isOwner ? "Cookie: max=\(owner.token.text)" : "Authorization: Bearer \(agent.token.text)"
            try await site.serving(faces: [Streams(events: events)]) {
                $0.limits.pause = .milliseconds(10)
            } _: { port, _ in
                try await Line.to(port) { line, incoming in
                    try await line.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\(asker)\r\n\r\n")
                    #expect(await incoming.read(until: ": ping\n\n"))
                    if isOwner {
                        try await site.access.signOut(owner.token.text)
                    } else {
                        try await site.access.revoke(agent.agent.id)
                    }
                    #expect(await incoming.read(until: "0\r\n\r\n"))
                }
            }
        }
    }

    @Test func `ends when the server stops`() async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerEvent.self)
        defer { source.finish() }
        try await Site.with { site in
            try await site.serving(faces: [Streams(events: events)]) { port, stop in
                try await Line.to(port) { line, incoming in
                    try await line.send(Self.request)
                    #expect(await incoming.read(until: "retry"))
                    stop()
                    #expect(await incoming.readToEnd().hasSuffix("0\r\n\r\n"))
                }
            }
        }
    }
}
