import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MaxCore
import NIOCore
import Synchronization
import Testing

@testable import MaxAPI

/// Somebody who asks the server; whatever it answers is held against the document.
struct Person: Sendable {
    let site: Site
    let headers: HTTPFields
    /// Everything that was answered, headers included.
    let heard = Heard()

    final class Heard: Sendable {
        private let texts = Mutex<[String]>([])
        var all: String { texts.withLock { $0.joined(separator: "\n") } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    /// Sends a request and returns what came.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ body: JSON? = nil, with extra: HTTPFields = [:]
    ) async throws -> Reply {
        try await send(method, uri, text: body?.text, mediaType: "application/json", with: extra)
    }

    /// Sends a form and returns what came.
    func submit(_ uri: String, _ fields: [String: String]) async throws -> Reply {
        let text = fields.map { "\($0)=\($1.replacing(" ", with: "+").replacing(":", with: "%3A"))" }
        return try await send(
            .post, uri, text: text.joined(separator: "&"), mediaType: "application/x-www-form-urlencoded")
    }

    func send(
        _ method: HTTPRequest.Method, _ uri: String, text: String?, mediaType: String, with extra: HTTPFields = [:]
    ) async throws -> Reply {
        var fields = headers
        if text != nil { fields[.contentType] = mediaType }
        for field in extra { fields[field.name] = field.value }
        let reply = try await site.client.execute(
            uri: uri, method: method, headers: fields, body: text.map { ByteBuffer(string: $0) }
        ) { Reply(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body)) }
        heard.add(reply.text + "\(reply.headers)")
        try reply.expectDocumented(method, uri)
        return reply
    }

    func get(_ uri: String, with extra: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, uri, with: extra)
    }

    func post(_ uri: String, _ body: JSON? = nil, with extra: HTTPFields = [:]) async throws -> Reply {
        try await send(.post, uri, body, with: extra)
    }
}

/// What the server answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    var json: JSON { (try? JSON(parsing: Data(text.utf8))) ?? .null }
    var code: String? { json["code"]?.string }
    var tag: String { headers[.eTag] ?? "" }
    var mediaType: String { headers[.contentType] ?? "" }

    subscript(name: String) -> JSON? { json[name] }

    /// The events of a stream: id, name and data.
    var events: [(id: Int?, name: String, data: JSON)] {
        text.split(separator: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1) }
            func line(_ name: String) -> String? { lines.first { $0.first == name[...] }?.last.map(String.init) }
            guard let name = line("event"), let data = line("data") else { return nil }
            return (line("id").flatMap(Int.init), name, (try? JSON(parsing: Data(data.utf8))) ?? .null)
        }
    }
}
