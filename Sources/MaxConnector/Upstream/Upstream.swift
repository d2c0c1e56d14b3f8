public import Foundation
public import MaxCore

/// The platform's way to a provider.
///
/// It opens credentials just in time, keeps every limit on time and size, refuses addresses the connector has no
/// business with, and turns what goes wrong into a ``MaxCore/Problem`` with the provider's name in it.
public protocol Upstream: Sendable {
    /// Sends a request and returns the whole answer.
    ///
    /// - Throws: ``MaxCore/Problem`` for anything but a status that ``UpstreamRequest/accepting(_:)`` names or 2xx.
    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse

    /// Opens a line of bytes, for a provider that does not speak HTTP.
    ///
    /// It holds one of the operation's places until it is closed, or let go of.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rungs up to `tls`.
    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine
}

/// A request to a provider.
public struct UpstreamRequest: Sendable {
    /// The method.
    public var method: Method
    /// The address.
    public var url: URL
    /// Headers in their order; credentials do not belong here.
    public var headers: [(name: String, value: String)] = []
    /// The body; empty for none.
    public var body: Data = Data()
    /// The credential the request is signed in with.
    public var authorization: Authorization?
    /// Statuses besides 2xx that are answers and not problems.
    public var accepted: Set<Int> = []
    /// The largest body to take, in bytes after decompression.
    public var maximumBody = 16 << 20
    /// Whether the provider may answer that nothing changed since the same page was read the last time.
    public var revalidates = false
    /// How the connector reads an answer that is none for it, where its status alone does not tell.
    public var reading: (@Sendable (UpstreamResponse) -> Problem?)?
    /// An address that every good credential may read, asked before a refusal is believed; nil to believe it at once.
    public var witness: URL?

    /// Creates a request.
    public init(_ method: Method, _ url: URL) {
        self.method = method
        self.url = url
    }

    /// A method of RFC 9110.
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// How a request is signed in.
    public enum Authorization: Sendable {
        /// `Authorization: Bearer …` (RFC 6750).
        case bearer(CredentialHandle<SecretValue>)
        /// `Authorization: Basic …` (RFC 7617).
        case basic(user: String, password: CredentialHandle<SecretValue>)
        /// A header of the provider's own.
        case header(String, CredentialHandle<SecretValue>)
    }
}

extension UpstreamRequest {
    /// Makes a request that reads.
    public static func get(_ url: URL) -> UpstreamRequest { UpstreamRequest(.get, url) }

    /// Makes a request that sends JSON.
    public static func post(_ url: URL, json: JSON) -> UpstreamRequest {
        var request = UpstreamRequest(.post, url).header("Content-Type", "application/json")
        request.body = Data(json.text.utf8)
        return request
    }

    /// The same request with a header more.
    public func header(_ name: String, _ value: String) -> UpstreamRequest {
        var request = self
        request.headers.append((name, value))
        return request
    }

    /// The same request signed in with a bearer token.
    public func bearer(_ token: CredentialHandle<SecretValue>) -> UpstreamRequest {
        var request = self
        request.authorization = .bearer(token)
        return request
    }

    /// The same request, to which the provider may answer that nothing has changed (RFC 9110, section 13.1.2).
    ///
    /// For a page of a list that is made of this one answer: the platform remembers the answer's entity tag, and when the
    /// provider has nothing newer, ``Upstream/send(_:as:)`` throws ``NotModified``. Let that pass; the platform goes on with
    /// what it has. Outside a collection nothing is remembered and nothing thrown.
    public func revalidating() -> UpstreamRequest {
        var request = self
        request.revalidates = true
        return request
    }

    /// The same request, whose answers outside 2xx the connector reads first.
    ///
    /// For providers that say different things by one status. The platform draws its conclusions as from problems of its
    /// own: it waits where ``MaxCore/Problem/retryAfter`` says so, and makes no more calls after a refusal on the rung
    /// `signIn`.
    ///
    /// - Parameter reading: Makes a problem of an answer; nil leaves it to the platform.
    public func readingRefusals(_ reading: @escaping @Sendable (UpstreamResponse) -> Problem?) -> UpstreamRequest {
        var request = self
        request.reading = reading
        return request
    }

    /// The same request, whose refused credential is believed to be refused only when it is at `witness` too.
    ///
    /// For providers that now and then refuse a good credential. Where the witness lets it pass, the refusal becomes
    /// something to try again. A request for the witness itself is made twice while records are collected, once otherwise.
    ///
    /// - Parameter witness: An address that every good credential may read.
    public func confirmingRefusals(at witness: URL) -> UpstreamRequest {
        var request = self
        request.witness = witness
        return request
    }

    /// The same request, taking these statuses as answers too.
    public func accepting(_ statuses: Int...) -> UpstreamRequest {
        var request = self
        request.accepted.formUnion(statuses)
        return request
    }
}

/// A provider's answer.
public struct UpstreamResponse: Sendable {
    /// The status.
    public let status: Int
    /// The headers in their order.
    public let headers: [(name: String, value: String)]
    /// The whole body, decompressed.
    public let body: Data

    /// Creates an answer.
    public init(status: Int, headers: [(name: String, value: String)], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.isSameToken(as: name) }?.value
    }

    /// Decodes the body as JSON.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rung `answer` when it is not what was expected.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do { return try JSON.decoder.decode(type, from: body) } catch {
            throw Problem(
                "answer_not_understood", .retryable, "The provider's answer was not in the form that was expected.",
                rung: .answer, fix: .action("Check the address; if it is right, try again in a few minutes."))
        }
    }
}

extension String {
    /// Whether it is the same text but for the case of its ASCII letters, as names of headers are compared.
    fileprivate func isSameToken(as other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}

extension URL {
    /// Appends a path to an address.
    public static func / (base: URL, path: String) -> URL { base.appending(path: path) }
}
