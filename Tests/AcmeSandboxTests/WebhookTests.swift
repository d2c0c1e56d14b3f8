import BareClient
import Crypto
import Foundation
import NIOCore
import NIOPosix
import SandboxKit
import Testing

@testable import AcmeSandbox

struct WebhookTests {
    @Test func `delivers a change signed with the secret`() async throws {
        try await AcmeSandbox.serve { acme in
            let received = try await receiveOne { port in
                let probe = AcmeProbe(acme)
                let hook = #"{"url": "http://127.0.0.1:\#(port)/hook?a=1", "secret": "a long secret"}"#
                #expect(try await probe.post("/api/v1/webhooks", hook).status == 201)
                #expect(try await probe.get("/api/v1/webhooks").text.contains("a long secret") == false)
                _ = try await probe.patch("/api/v1/projects/\(probe.firstProject())", #"{"name": "Hooked"}"#)
            }
            #expect(received.head.hasPrefix("POST /hook?a=1 HTTP/1.1\r\n"))
            let body = try JSONDecoder().decode(JSONValue.self, from: Data(received.body.utf8))
            #expect(body["type"].text == "project.upsert")
            #expect(body["change"]["item"]["name"].text == "Hooked")
            let line = received.head.components(separatedBy: "\r\n").first { $0.hasPrefix("X-Acme-Signature: ") }
            let parts = try #require(line).dropFirst("X-Acme-Signature: ".count).split(separator: ",")
            let signed = Data((parts[0].dropFirst(2) + "." + received.body).utf8)
            let secret = SymmetricKey(data: Data("a long secret".utf8))
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: secret)
            #expect(parts[1] == "v1=" + code.map { String(format: "%02x", $0) }.joined())
        }
    }

    @Test(arguments: [
        "https://127.0.0.1/x", "http://example.com/x", "http://127.0.0.1@example.com/", "http://10.0.0.1/",
        "ftp://127.0.0.1", "http://127.0.0.1:99999/", "http://127.0.0.1/a\\r\\nX: y",
    ])
    func `refuses to call another machine`(url: String) async throws {
        try await AcmeSandbox.serve { acme in
            let hook = #"{"url": "\#(url)", "secret": "12345678"}"#
            let answer = try await AcmeProbe(acme).post("/api/v1/webhooks", hook)
            #expect(answer.status == 422)
        }
    }

    @Test func `forgets a webhook`() async throws {
        try await AcmeSandbox.serve { acme in
            let probe = AcmeProbe(acme)
            let made = try await probe.post("/api/v1/webhooks", #"{"url": "http://[::1]:9/", "secret": "12345678"}"#)
            let path = try "/api/v1/webhooks/" + made.json["id"].text
            #expect(try await probe.delete(path).status == 204)
            #expect(try await probe.get("/api/v1/webhooks").items.isEmpty)
            #expect(try await probe.delete(path).status == 404)
        }
    }

    /// Listens while the body runs and gives the first request that comes.
    private func receiveOne(_ body: (Int) async throws -> Void) async throws -> (head: String, body: String) {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await server.executeThenClose { connections in
            try await body(try #require(server.channel.localAddress?.port))
            for try await connection in connections {
                return try await connection.executeThenClose { inbound, outbound in
                    var text = ""
                    for try await part in inbound {
                        text += String(buffer: part)
                        if text.hasSuffix("}") { break }
                    }
                    try await outbound.write(ByteBuffer(string: "HTTP/1.1 204 No Content\r\n\r\n"))
                    let parts = text.components(separatedBy: "\r\n\r\n")
                    return (parts[0], parts.dropFirst().joined())
                }
            }
            return ("", "")
        }
    }
}
