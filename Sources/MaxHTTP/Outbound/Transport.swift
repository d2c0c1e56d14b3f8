internal import AsyncHTTPClient
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import NIOCore
internal import NIOHTTP1

/// The sending of one request to one origin, whose addresses were checked, and the taking of its answer.
struct Transport: Sendable {
    let provider: String
    let addresses: AddressBook
    let clients: ClientShelf
    let dialer: Dialer
    let limits: OutboundLimits

    /// Sends a request and takes the whole answer, whatever its status.
    ///
    /// - Throws: ``MaxCore/Problem`` on one of the rungs up to `answer`.
    func send(
        _ request: UpstreamRequest, to origin: Origin, at candidates: [IPAddress], by deadline: Deadline
    ) async throws -> UpstreamResponse {
        let message = try await message(request, to: origin)
        for (index, address) in candidates.enumerated() {
            do {
                let answer = try await exchange(message, for: request, origin, at: address, by: deadline)
                if index > 0 { addresses.prefer(address, of: origin.host) }
                return answer
            } catch let fault as ConnectFault {
                let isTimeLeft = fault != .timedOut || deadline.remaining > limits.handshake
                if fault.isOfOneAddress, index + 1 < candidates.count, isTimeLeft { continue }
                throw await problem(fault, origin, at: address, by: deadline)
            }
        }
        throw Problem.noConnection(.unreachable, to: origin, provider: provider, limits)
    }

    /// Climbs the rungs below `answer` for their own sake, telling of each; those of a connection that stands already and
    /// will be used again are not climbed.
    ///
    /// - Returns: The addresses, the one that took the connection first.
    /// - Throws: ``MaxCore/Problem`` on the rung that gave way.
    func climb(
        to origin: Origin, at candidates: [IPAddress], by deadline: Deadline, maximumBody: Int, anew: Bool,
        tell: (RungNews) -> Void
    ) async throws -> [IPAddress] {
        if !anew, let first = candidates.first, clients.hasConnection(key(origin, first, maximumBody)) {
            for rung in [Rung.connect, .tls].prefix(origin.isSecure ? 2 : 1) { tell(.stood(rung)) }
            return candidates
        }
        do {
            let address = try await dialer.climb(to: origin, at: candidates, by: deadline, tell: tell)
            return [address] + candidates.filter { $0 != address }
        } catch let fault as ConnectFault {
            throw await problem(fault, origin, at: candidates.first, by: deadline)
        }
    }

    private func exchange(
        _ message: HTTPClient.Request, for request: UpstreamRequest, _ origin: Origin, at address: IPAddress,
        by deadline: Deadline
    ) async throws -> UpstreamResponse {
        try await clients.withClient(key(origin, address, request.maximumBody)) { client in
            let collector = AnswerCollector(for: request)
            let task = client.execute(
                request: message, delegate: collector, deadline: .now() + TimeAmount(deadline.remaining))
            do {
                return try await withTaskCancellationHandler {
                    try await task.futureResult.get()
                } onCancel: {
                    task.cancel()
                }
            } catch {
                try Task.checkCancellation()
                if let refusal = collector.refusal { return refusal }
                throw failure(error, of: request, hasBegun: collector.hasBegun, by: deadline)
            }
        }
    }

    private func key(_ origin: Origin, _ address: IPAddress, _ maximumBody: Int) -> ClientShelf.Key {
        ClientShelf.Key(host: origin.host, isSecure: origin.isSecure, address: address, maximumBody: maximumBody)
    }

    /// What an error of the client amounts to, before or while an answer came.
    private func failure(
        _ error: any Error, of request: UpstreamRequest, hasBegun: Bool, by deadline: Deadline
    ) -> any Error {
        guard hasBegun else {
            return ConnectFault(error) ?? AnswerFault(error).problem(provider, waiting: deadline.total, limits)
        }
        let fault = AnswerFault(error)
        if fault == .late { return Problem.tooSlow(provider, deadline.total) }
        return fault.problem(provider, limit: request.maximumBody, limits)
    }

    /// Puts a request in the client's own form, its address written anew from its checked parts.
    private func message(_ request: UpstreamRequest, to origin: Origin) async throws -> HTTPClient.Request {
        let path = request.url.path(percentEncoded: true)
        let query = request.url.query(percentEncoded: true).map { "?\($0)" } ?? ""
        var headers = HTTPHeaders(try HeaderRules.plain(request).map { ($0.name, $0.value) })
        if let authorization = request.authorization {
            let header = try await HeaderRules.credential(authorization)
            headers.replaceOrAdd(name: header.name, value: header.value)
        }
        if let tag = request.knownTag { headers.replaceOrAdd(name: "If-None-Match", value: tag) }
        return try HTTPClient.Request(
            url: "\(origin.text)\(path.isEmpty ? "/" : path)\(query)", method: .init(rawValue: request.method.rawValue),
            headers: headers, body: request.body.isEmpty ? nil : .data(request.body))
    }

    private func problem(
        _ fault: ConnectFault, _ origin: Origin, at address: IPAddress?, by deadline: Deadline
    ) async -> Problem {
        var fault = fault
        if fault == .tls(.notBelieved), let address {
            fault = .tls(await dialer.reason(notToBelieve: origin, at: address, by: deadline))
        } else if fault == .timedOut, origin.isSecure, let address,
            await dialer.reaches(origin, at: address, by: deadline)
        {
            fault = .tls(.timedOut)  // the client does not tell the two apart
        }
        return .noConnection(fault, to: origin, provider: provider, limits)
    }
}
