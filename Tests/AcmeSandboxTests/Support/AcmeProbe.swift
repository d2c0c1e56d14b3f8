import Foundation
import NIOCore
import NIOPosix
import SandboxKit
import Testing

@testable import AcmeSandbox

/// A bare HTTP client, so that the tests see the bytes and not what a library makes of them.
struct AcmeProbe {
    let acme: AcmeAddress
    var key: String?

    init(_ acme: AcmeAddress, key: String? = nil) {
        self.acme = acme
        self.key = key ?? acme.key
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers)
    }

    func post(_ path: String, _ body: String) async throws -> Answer { try await send("POST", path, body: body) }
    func patch(_ path: String, _ body: String) async throws -> Answer { try await send("PATCH", path, body: body) }
    func delete(_ path: String) async throws -> Answer { try await send("DELETE", path) }

    /// Sends one request on a connection of its own and reads until the end, or until more than `most` bytes came.
    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: String? = nil, most: Int = 8 << 20
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nConnection: close\r\n"
        if headers["Host"] == nil { head += "Host: 127.0.0.1:\(acme.port)\r\n" }
        if let key { head += "Authorization: Bearer \(key)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
        let request = ByteBuffer(string: head + "\r\n" + (body ?? ""))
        let connection = try await AcmeProbe.connect(acme.port)
        let received = try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(request)
            var received = ByteBuffer()
            for try await part in inbound {
                received.writeImmutableBuffer(part)
                if received.readableBytes > most { break }
            }
            return received
        }
        return try Answer(Array(received.readableBytesView))
    }

    /// Tells whether a request got no byte while five later ones, under the default key, were answered.
    func isSilent(_ path: String, while others: String) async throws -> Bool {
        let connection = try await AcmeProbe.connect(acme.port)
        return try await connection.executeThenClose { inbound, outbound in
            let head = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(key ?? "")\r\n\r\n"
            try await outbound.write(ByteBuffer(string: head))
            return try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    for try await _ in inbound { return false }
                    return false
                }
                group.addTask {
                    for _ in 1...5 { _ = try await AcmeProbe(acme).get(others) }
                    return true
                }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
        }
    }

    static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }
}

/// The connection ended, or the reader had enough, before the head of an answer was whole.
struct HeadMissing: Error {}

/// What came back, taken apart at the empty line.
struct Answer {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    init(_ bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw HeadMissing() }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = try #require(Int(lines[0].split(separator: " ")[1]))
        let pairs = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map { colon in
                (line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
            }
        }
        headers = Dictionary(pairs) { one, other in one + ", " + other }
        body = Array(bytes[end.upperBound...])
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body)) } }
    /// The code of a refusal.
    var code: String { get throws { try json["error"]["code"].text } }
    var items: [JSONValue] { get throws { try json["items"].list } }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var text: String { if case .string(let text) = self { text } else { "" } }
    var list: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    var ids: [String] { list.map { $0["id"].text } }
}
