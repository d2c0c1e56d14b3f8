internal import Crypto
internal import Foundation
internal import MaxCore
internal import MaxHub

extension AccessService {
    /// How much longer a program that asks too often has to wait each time, in seconds (RFC 8628, section 3.5).
    static let slowing = 5
    /// How long it has to wait at most, in seconds.
    static let slowest = 60

    /// Answers a program that asks whether it was let in (RFC 8628, section 3.4).
    ///
    /// A code gives one token. Within a minute it gives that one again, in case the answer was lost: the token follows from
    /// the code, which only the program has, and a seed, which only the store has, so that neither holds it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `authorization_pending`, `slow_down`, `access_denied`, `expired_token` or
    ///   `invalid_grant` (section 3.5).
    package func redeem(_ deviceCode: String) async throws -> AdmittedAgent {
        guard let code = DeviceCode(deviceCode), let (grant, seed) = try await rows.grant(code.digest) else {
            throw MaxError.invalidGrant
        }
        let token = AgentToken(HMAC<SHA256>.authenticationCode(for: seed, using: code.key))
        let now = surroundings.now()
        switch grant.state {
        case .redeemed(let id, at: let time): return try await again(token, of: id, since: time)
        case _ where now >= grant.expiresAt: throw MaxError.expiredToken
        case .decided(.denied): throw MaxError.accessDenied
        case .waiting: throw try await poll(grant, code.digest)
        case .decided(.approved(let scopes)):
            let agent = Agent(
                id: AgentID(in: surroundings), name: grant.name, scopes: scopes, createdAt: now,
                expiresAt: now + Agent.lifetime)
            guard try await rows.admit(agent, token.digest, by: code.digest) else {
                // The same program asked twice at once.
                return try await redeem(deviceCode)
            }
            return AdmittedAgent(token: token, agent: agent)
        }
    }

    private func again(_ token: AgentToken, of id: AgentID, since time: Date) async throws -> AdmittedAgent {
        let now = surroundings.now()
        guard now < time + DeviceGrant.encore, let agent = try await rows.agent(token.digest), agent.id == id else {
            throw MaxError.invalidGrant
        }
        return AdmittedAgent(token: token, agent: agent)
    }

    /// Notes a question that came too early to be answered, and says when to come again.
    private func poll(_ grant: DeviceGrant, _ code: TokenDigest) async throws -> MaxError {
        let now = surroundings.now()
        let wait = grant.polledAt.map { Double(grant.interval) - now.timeIntervalSince($0) } ?? 0
        let isEarly = wait > 0
        let interval = isEarly ? min(grant.interval + Self.slowing, Self.slowest) : grant.interval
        let isNoted = try await rows.notePoll(code, since: grant.polledAt, at: now, interval: interval)
        return isEarly || !isNoted ? .slowDown(interval) : .authorizationPending(interval)
    }
}
