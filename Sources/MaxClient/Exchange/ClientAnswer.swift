internal import Foundation
internal import MaxCore
internal import MaxWire
internal import NIOHTTP1

/// What a server answered: its status and a body that was taken whole.
struct ClientAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// How long the server asks to wait, in seconds (RFC 9110, section 10.2.3); dates are not read.
    var retryAfter: Double? { headers.first(name: "Retry-After").flatMap(Double.init).map { max(0, $0) } }

    /// The body as a value.
    ///
    /// - Throws: What is told of an answer that is no such value.
    func value<Value: Decodable>(_ type: Value.Type, from server: ServerAddress) throws -> Value {
        do { return try JSON.decoder.decode(type, from: Data(body)) } catch { throw server.unfit }
    }

    /// Why the server refuses, in the server's own words where it is one of Max.
    func refusal(of server: ServerAddress, hadToken: Bool) -> any Error {
        if status == 401 { return server.loggedOut(hadToken: hadToken) }
        if (300..<400).contains(status) { return server.moved(to: headers.first(name: "Location")) }
        guard let details = try? JSON.decoder.decode(ProblemDetails.self, from: Data(body)) else { return server.unfit }
        return details.refusal(waiting: retryAfter)
    }
}

extension ProblemDetails {
    /// The problem as it is thrown: one of a provider's as it was found, else an error.
    func refusal(waiting: Double? = nil) -> any Error {
        if kind != nil { return Problem(problem) }
        return MaxError(MaxError.Code(rawValue: code), detail, fix: fix, retryAfter: retryAfter ?? waiting)
    }
}
