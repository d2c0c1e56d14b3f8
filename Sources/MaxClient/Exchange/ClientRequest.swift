internal import AsyncHTTPClient
internal import Foundation
internal import MaxCore
internal import NIOHTTP1

/// A request to the API, before it is sent to a server.
struct ClientRequest: Sendable {
    let method: HTTPMethod
    /// The parts of the path below `/v1`, as they are before they are encoded.
    let path: [String]
    var query: [(name: String, value: String?)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// A request for something to look at.
    static func get(_ path: String..., query: [(name: String, value: String?)] = []) -> ClientRequest {
        ClientRequest(method: .GET, path: path, query: query)
    }

    /// A request that does something once, however often it has to be sent.
    ///
    /// - Throws: `EncodingError` when the body has no JSON form.
    static func post(_ path: String..., body: some Encodable) throws -> ClientRequest {
        var request = try ClientRequest(method: .POST, path: path).sending(body)
        request.headers.append(("Idempotency-Key", UUID().uuidString))
        return request
    }

    /// A request that changes what is there.
    ///
    /// - Throws: `EncodingError` when the body has no JSON form.
    static func patch(_ path: String..., body: some Encodable) throws -> ClientRequest {
        try ClientRequest(method: .PATCH, path: path).sending(body)
    }

    /// A request that ends what is there.
    static func delete(_ path: String...) -> ClientRequest { ClientRequest(method: .DELETE, path: path) }

    /// The same with a JSON body.
    func sending(_ body: some Encodable) throws -> ClientRequest {
        var request = self
        request.body = Array(try JSON.encoder.encode(body))
        request.headers.append(("Content-Type", "application/json"))
        return request
    }

    /// A form (`application/x-www-form-urlencoded`).
    static func form(_ path: String..., fields: [(name: String, value: String)]) -> ClientRequest {
        var request = ClientRequest(method: .POST, path: path)
        request.body = Array(fields.map { "\($0.name.encoded)=\($0.value.encoded)" }.joined(separator: "&").utf8)
        request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        return request
    }

    /// Whether it may be sent again although nobody knows whether the server has seen it.
    var isRepeatable: Bool { method == .GET || headers.contains { $0.name == "Idempotency-Key" } }

    /// Its path and query, encoded.
    var target: String {
        let said = query.compactMap { item in item.value.map { "\(item.name.encoded)=\($0.encoded)" } }
        return "/v1/" + path.map(\.encoded).joined(separator: "/")
            + (said.isEmpty ? "" : "?" + said.joined(separator: "&"))
    }
}

extension String {
    /// The text percent-encoded but for what needs it nowhere (RFC 3986, section 2.3).
    fileprivate var encoded: String {
        addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
    }
}

extension CharacterSet {
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
