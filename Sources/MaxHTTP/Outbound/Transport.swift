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
                if index > 0 { await addresses.prefer(address, of: origin.host) }
                return answer
            } catch let fault as ConnectFault {
                let isTimeLeft = fault != .timedOut || deadline.remaining > limits.handshake
                if fault.isOfOneAddress, index + 1 < candidates.count, isTimeLeft { continue }
                throw await problem(fault, origin, at: address, by: deadline)
            }
        }
        throw Problem.noConnection(.unreachable, to: origin, provider: provider, limits)
    }

    /// Climbs the rungs below `answer` for their own sake, telling each with the time it took.
    ///
    /// - Returns: The addresses, the one that took the connection first.
    /// - Throws: ``MaxCore/Problem`` on the rung that gave way.
    func climb(
        to origin: Origin, at candidates: [IPAddress], by deadline: Deadline, report: (Rung, Duration) -> Void
    ) async throws -> [IPAddress] {
        do {
            let address = try await dialer.climb(to: origin, at: candidates, by: deadline, report: report)
            return [address] + candidates.filter { $0 != address }
        } catch let fault as ConnectFault {
            throw await problem(fault, origin, at: candidates.first, by: deadline)
        }
    }

    private func exchange(
        _ message: HTTPClientRequest, for request: UpstreamRequest, _ origin: Origin, at address: IPAddress,
        by deadline: Deadline
    ) async throws -> UpstreamResponse {
        let key = ClientShelf.Key(
            host: origin.host, isSecure: origin.isSecure, address: address, maximumBody: request.maximumBody)
        return try await clients.withClient(key) { client in
            let head: HTTPClientResponse
            do {
                head = try await client.execute(message, deadline: .now() + TimeAmount(deadline.remaining))
            } catch {
                try Task.checkCancellation()
                throw ConnectFault(error) ?? AnswerFault(error).problem(provider, waiting: deadline.total, limits)
            }
            return UpstreamResponse(
                status: Int(head.status.code), headers: head.headers.map { ($0.name, $0.value) },
                body: try await body(of: head, for: request, by: deadline))
        }
    }

    /// Takes the body of an answer; of a refusal only what is small, since nobody reads it.
    private func body(
        of head: HTTPClientResponse, for request: UpstreamRequest, by deadline: Deadline
    ) async throws -> Data {
        let isAnswer = head.status.code / 100 == 2 || request.accepted.contains(Int(head.status.code))
        let limit = isAnswer ? request.maximumBody : min(request.maximumBody, 64 << 10)
        do {
            let late = Problem.tooSlow(provider, deadline.total)
            return try await deadline.bound(otherwise: late) {
                Data(try await head.body.collect(upTo: limit).readableBytesView)
            }
        } catch {
            try Task.checkCancellation()
            guard isAnswer else { return Data() }
            if let problem = error as? Problem { throw problem }
            throw AnswerFault(error).problem(provider, limit: limit, limits)
        }
    }

    /// Puts a request in the client's own form, its address written anew from its checked parts.
    private func message(_ request: UpstreamRequest, to origin: Origin) async throws -> HTTPClientRequest {
        let path = request.url.path(percentEncoded: true)
        let query = request.url.query(percentEncoded: true).map { "?\($0)" } ?? ""
        var message = HTTPClientRequest(url: "\(origin.text)\(path.isEmpty ? "/" : path)\(query)")
        message.method = .init(rawValue: request.method.rawValue)
        for header in try HeaderRules.plain(request) { message.headers.add(name: header.name, value: header.value) }
        if let authorization = request.authorization {
            let header = try await HeaderRules.credential(authorization)
            message.headers.replaceOrAdd(name: header.name, value: header.value)
        }
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        return message
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
