import Foundation
import HummingbirdTesting
import Testing

@testable import MaxServer

/// What a hostile client can take, over real sockets.
struct LimitTests {
    private static func head(_ line: String, _ headers: String...) -> String {
        ([line + " HTTP/1.1", "Host: localhost"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func expect(
        _ status: Int, of text: String, _ change: @Sendable @escaping (inout ServerLimits) -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await Site.with { site in
            try await site.serving {
                change(&$0.limits)
            } _: { port, _ in
                // The connection is closed by the server: the line ends.
                let answer = try await Line.say(text, to: port)
                #expect(
                    answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(200))", sourceLocation: sourceLocation)
                #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, sourceLocation: sourceLocation)
            }
        }
    }

    @Test func `refuses headers that are too long`() async throws {
        try await expect(400, of: Self.head("GET /me", "X-Long: " + String(repeating: "a", count: 17 << 10)))
    }

    @Test func `refuses a path that is too long`() async throws {
        try await expect(400, of: Self.head("GET /" + String(repeating: "a", count: 40 << 10)))
    }

    @Test func `refuses too many headers`() async throws {
        try await expect(
            400, of: "GET /me HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "A: 1\r\n", count: 120) + "\r\n")
    }

    @Test func `refuses a body that is declared too large before it comes`() async throws {
        try await expect(413, of: Self.head("POST /body", "Content-Length: 107374182400"))
    }

    @Test func `refuses a body that turns out too large`() async throws {
        let chunk = String(4096, radix: 16) + "\r\n" + String(repeating: "a", count: 4096) + "\r\n"
        try await expect(
            413, of: Self.head("POST /body", "Transfer-Encoding: chunked") + String(repeating: chunk, count: 4)
        ) { $0.body = 8192 }
    }

    @Test func `refuses a form that is too large`() async throws {
        let body = "a=" + String(repeating: "b", count: 5000)
        try await expect(
            413,
            of: Self.head(
                "POST /open-form", "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: \(body.utf8.count)")
                + body
        ) { $0.form = 4096 }
    }

    @Test(arguments: [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /me HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhelloGET /me HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "Content-Length: +5\r\n\r\nhello", "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nGET /me HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ])
    func `refuses a body whose end can be read in two ways, and everything behind it`(rest: String) async throws {
        try await expect(400, of: "POST /body HTTP/1.1\r\nHost: localhost\r\n" + rest)
    }

    @Test func `closes the connection behind an answer that did not wait for the request`() async throws {
        try await expect(
            200, of: Self.head("POST /ignore", "Content-Length: 100") + "GET /me HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    @Test(arguments: [
        Self.head("POST /ignore", "Content-Length: 100"), Self.head("GET /me", "Connection: close"),
    ])
    func `says of an answer that it is the last one`(request: String) async throws {
        try await Site.with { site in
            try await site.serving { port, _ async throws in
                #expect(try await Line.say(request, to: port).lowercased().contains("\r\nconnection: close\r\n"))
            }
        }
    }

    @Test(arguments: [
        "", "GET /me HTTP/1.1\r\nHos", "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n123",
    ])
    func `closes a connection on which nothing comes`(beginning: String) async throws {
        try await Site.with { site in
            try await site.serving {
                $0.limits.idle = .milliseconds(100)
                $0.limits.bodyTime = .seconds(600)
                $0.limits.work = .seconds(600)
            } _: { port, _ async throws in
                #expect(try await Line.say(beginning, to: port) == "")
            }
        }
    }

    @Test func `closes a connection that was used and is idle`() async throws {
        try await expect(200, of: Self.head("GET /me")) { $0.idle = .seconds(1) }
    }

    @Test func `gives up a body that drips`() async throws {
        try await Site.with { site in
            try await site.serving {
                $0.limits.bodyTime = .milliseconds(300)
            } _: { port, _ in
                let answer = try await Line.to(port) { line, incoming in
                    try await line.send(Self.head("POST /body", "Content-Length: 100000"))
                    return await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            while !Task.isCancelled {
                                try await line.send("a")
                                try await Task.sleep(for: .milliseconds(20))
                            }
                        }
                        let isOver = await incoming.read(until: "\r\n\r\n")
                        group.cancelAll()
                        #expect(isOver)
                        return incoming.text
                    }
                }
                #expect(answer.hasPrefix("HTTP/1.1 408 "))
                #expect(answer.contains("Connection: close"))
            }
        }
    }

    @Test(arguments: ["Content-Length: 9\r\n\r\n123", "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n"])
    func `takes a body that breaks off for the client's fault`(rest: String) async throws {
        try await Site.with { site in
            try await site.serving { port, _ in
                try await Line.to(port, saying: "POST /body HTTP/1.1\r\nHost: localhost\r\n" + rest) { _, _ in }
                while site.journal.lines.isEmpty { await Task.yield() }
            }
            #expect(site.journal.lines.count == 1)
            #expect(site.journal.lines.first?.contains("info POST /body ") == true)
            #expect(site.journal.lines.first?.contains("status=400") == true)
        }
    }

    @Test func `gives up work that takes too long`() async throws {
        try await expect(503, of: Self.head("GET /never")) { $0.work = .milliseconds(100) }
    }

    @Test func `cuts off a client that reads nothing`() async throws {
        try await Site.with { site in
            try await site.serving {
                $0.limits.stall = .milliseconds(100)
            } _: { port, stop in
                try await Line.to(port) { line, incoming in
                    try await line.send(Self.head("GET /flood"))
                    // Nothing is read: what lies in the buffers is all that ever comes.
                    while !site.journal.lines.contains(where: { $0.contains("/flood") }) { await Task.yield() }
                    stop()
                    _ = await incoming.readToEnd()
                }
            }
        }
    }

    @Test func `lets a connection wait that is one too many, until another one ends`() async throws {
        try await Site.with { site in
            try await site.serving {
                $0.limits.connections = 1
            } _: { port, _ in
                try await Line.to(port) { first, incoming in
                    try await first.send(Self.head("GET /echo/first"))
                    #expect(await incoming.read(until: "first"))
                    async let second = Line.say(Self.head("GET /echo/second", "Connection: close"), to: port)
                    try await first.send(Self.head("GET /echo/third", "Connection: close"))
                    _ = await incoming.readToEnd()
                    #expect(incoming.text.contains("third"))
                    first.end()
                    #expect(try await second.contains("second"))
                }
                let paths = site.journal.lines.compactMap { line in
                    ["first", "second", "third"].first { line.contains("/echo/\($0)") }
                }
                #expect(paths == ["first", "third", "second"])
            }
        }
    }
}
