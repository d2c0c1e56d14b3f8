internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxServer
internal import NIOCore

/// What a route has to say.
enum Answer: Sendable {
    case value(Value)
    case nothing
    /// A response of its own, such as a stream of events.
    case stream(Response)

    /// A value in the form in which it is sent.
    struct Value: Sendable {
        let status: HTTPResponse.Status
        let bytes: [UInt8]
        let mediaType: String
        /// What the value is recognised by; strong (RFC 9110, section 8.8.3).
        let tag: String
        /// Whether the tag is said of answers to other methods than GET too.
        let isTagged: Bool
    }

    /// A value with its tag, which begins with the revision where the value has one.
    static func value(
        _ body: some Encodable, status: HTTPResponse.Status = .ok, revision: Int? = nil,
        mediaType: String = "application/json"
    ) throws -> Answer {
        let bytes = Array(try JSON.encoder.encode(body))
        let tag = (revision.map { "\($0)." } ?? "") + Fingerprint(of: bytes).text
        return .value(
            Value(status: status, bytes: bytes, mediaType: mediaType, tag: tag, isTagged: revision != nil))
    }

    /// The response to a request.
    func response(to request: Request) -> Response {
        switch self {
        case .stream(let response): return response
        case .nothing: return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        case .value(let value): return value.response(to: request)
        }
    }
}

extension Answer.Value {
    fileprivate func response(to request: Request) -> Response {
        var headers: HTTPFields = [.contentType: mediaType, .cacheControl: "no-store"]
        let onlyLooks = [.get, .head].contains(request.method)
        if onlyLooks || isTagged { headers[.eTag] = "\"\(tag)\"" }
        if onlyLooks, EntityTags(request.headers[.ifNoneMatch] ?? "").contains(tag) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// The tags of `If-Match` or `If-None-Match`.
struct EntityTags: Sendable {
    let tags: [String]

    /// Reads the header; a weak tag counts like its strong one (RFC 9110, section 13.1.2).
    init(_ header: String) {
        tags = header.split(separator: ",").map { tag in
            let word = tag.trimmingCharacters(in: .whitespaces)
            return (word.hasPrefix("W/") ? String(word.dropFirst(2)) : word).trimmingCharacters(in: ["\""])
        }
    }

    /// Whether the value of that tag is meant.
    func contains(_ tag: String) -> Bool { tags.contains { $0 == tag || $0 == "*" } }

    /// The revision that the one tag begins with; nil when there is no tag, or it names none.
    var revision: Int? {
        guard tags.count == 1, let word = tags.first?.split(separator: ".").first else { return nil }
        return Int(word)
    }
}

/// A number by which bytes are recognised: FNV-1a of 128 bits.
///
/// It protects from nobody.
struct Fingerprint: Sendable, Hashable {
    private let value: UInt128

    init(of bytes: some Sequence<UInt8>) {
        let prime: UInt128 = 1 << 88 + 0x13b
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in bytes { hash = (hash ^ UInt128(byte)) &* prime }
        value = hash
    }

    /// The number in 26 letters at most.
    var text: String { String(value, radix: 36) }
}
