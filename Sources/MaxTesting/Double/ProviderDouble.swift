public import Foundation
internal import MaxCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// A small double of a provider: a real HTTP server on this machine, with every fault of ``ProviderFault`` built in.
///
/// A request with a good key is answered by the double's own closure. One with a fault's key is answered by the fault,
/// and one without a key, or with any other, is refused with 401.
///
///     let double = ProviderDouble(keys: [dana, erin]) { request in
///         request.path == "/me" ? .json(["id": .string(request.key == dana ? "u1" : "u2")]) : .notFound
///     }
///     try await double.serve { provider in … provider.url, provider.faults … }
public struct ProviderDouble: Sendable {
    /// The keys that open an account.
    public let keys: [String]
    /// The key that forces each fault.
    public let faults: [ProviderFault: String]
    let answer: @Sendable (DoubleRequest) -> DoubleAnswer
    private let flaps = Flaps()

    /// Creates a double; nothing listens yet.
    ///
    /// - Parameters:
    ///   - faults: The keys that force faults; unless given, the first key with `_` and the fault's name behind it.
    ///   - answer: Answers a request whose key is good.
    public init(
        keys: [String], faults: [ProviderFault: String]? = nil,
        answer: @escaping @Sendable (DoubleRequest) -> DoubleAnswer
    ) {
        self.keys = keys
        let suffixed = ProviderFault.allCases.map { ($0, "\(keys.first ?? "")_\($0.rawValue)") }
        self.faults = faults ?? Dictionary(uniqueKeysWithValues: suffixed)
        self.answer = answer
    }

    /// A double that is up.
    public struct Address: Sendable, Hashable {
        /// Where it answers, without a slash at its end.
        public let url: String
        /// The key that forces each fault.
        public let faults: [ProviderFault: String]
    }

    /// Serves on a free port of this machine while `body` runs.
    ///
    /// - Throws: What `body` throws, or why nothing can listen here.
    public func serve<Result>(_ body: (Address) async throws -> Result) async throws -> Result {
        let double = self
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(DoubleHandler(double))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(
                try await body(Address(url: "http://127.0.0.1:\(server.localAddress?.port ?? 0)", faults: faults)))
        } catch {
            outcome = .failure(error)
        }
        try await server.close()
        return try outcome.get()
    }

    /// Answers any request.
    func reply(to request: DoubleRequest) -> DoubleAnswer {
        guard let key = request.key else { return .json(["error": "no key"], status: 401) }
        if keys.contains(key) { return answer(request) }
        guard let fault = faults.first(where: { $0.value == key })?.key else {
            return .json(["error": "unknown key"], status: 401)
        }
        guard let first = keys.first else { return .forced(by: fault) }
        var good = request
        good.key = first
        switch fault {
        case .slow: return DoubleAnswer(.late(answer(good)))
        case .flapping where !flaps.refuses(request): return answer(good)
        default: return .forced(by: fault)
        }
    }
}

/// What a key that is refused now and then was refused for so far.
private final class Flaps: Sendable {
    private let asked = Mutex<Set<String>>([])

    /// Whether a request is refused: the first for each address but `/me`, which tells whose the key is.
    func refuses(_ request: DoubleRequest) -> Bool {
        guard request.path != "/me" else { return false }
        let query = request.query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return asked.withLock { $0.insert(([request.path] + query).joined(separator: "&")).inserted }
    }
}

/// A request, as a double sees it.
public struct DoubleRequest: Sendable {
    /// The method, such as `GET`.
    public let method: String
    /// The path, such as `/me`.
    public let path: String
    /// The query by name.
    public let query: [String: String]
    /// The body.
    public let body: Data
    /// The bearer token, the password of basic authentication, or what the header `X-Api-Key` says.
    public fileprivate(set) var key: String?

    init(_ head: HTTPRequestHead, body: Data) {
        let parts = URLComponents(string: head.uri)
        method = head.method.rawValue
        path = parts?.path ?? head.uri
        query = Dictionary((parts?.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { first, _ in first }
        self.body = body
        let words = head.headers.first(name: "Authorization")?.split(separator: " ", maxSplits: 1) ?? []
        switch (words.first?.lowercased(), words.last) {
        case ("bearer"?, let token?): key = String(token)
        case ("basic"?, let pair?):
            let text = Data(base64Encoded: String(pair)).map { String(decoding: $0, as: UTF8.self) }
            key = text?.split(separator: ":", maxSplits: 1).last.map(String.init)
        default: key = head.headers.first(name: "X-Api-Key")
        }
    }
}
