internal import Crypto
internal import Foundation
internal import MaxCore
package import MaxHub

/// The device authorization grant (RFC 8628).
extension AccessService {
    /// Begins a program's request to be let in (section 3.1).
    ///
    /// - Parameter name: What the program calls itself; shown to the owner on one line.
    /// - Throws: ``MaxCore/MaxError`` with code `scopes_unfit` when it asks for nothing, `grants_full` or
    ///   `too_many_attempts`.
    package func beginGrant(
        name: String, scopes: Set<AgentScope>, by visitor: Visitor
    ) async throws -> BegunGrant {
        guard !scopes.isEmpty else { throw MaxError.scopesMissing }
        let now = surroundings.now()
        if let wait = requests.take(visitor.network, at: now) { throw MaxError.tooManyRequests(wait) }
        let shown = name.shown(atMost: 80)
        let (code, seed) = (DeviceCode.random(), SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) })
        var random = SystemRandomNumberGenerator()
        while true {
            let grant = DeviceGrant(
                userCode: UserCode(using: &random), name: shown.isEmpty ? "An agent" : shown, scopes: scopes,
                visitor: visitor, requestedAt: now)
            if try await rows.putGrant(grant, code.digest, seed: seed, atMost: DeviceGrant.mostWaiting) {
                return BegunGrant(deviceCode: code, grant: grant)
            }
        }
    }

    /// The request that waits with a code, for the owner to look at (section 3.3).
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `user_code_unknown`, or `too_many_attempts` after many wrong codes.
    package func grant(_ userCode: String, by owner: OwnerSession) async throws -> DeviceGrant {
        try await guessing(owner) {
            guard let code = UserCode(userCode), let grant = try await rows.grant(code) else { return nil }
            return grant.isWaiting(at: surroundings.now()) ? grant : nil
        }
    }

    /// Lets the program in that shows this code, with all or some of what it asks for.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `user_code_unknown`, `too_many_attempts` or `scopes_unfit`.
    @discardableResult
    package func approve(
        _ userCode: String, scopes: Set<AgentScope>, by owner: OwnerSession
    ) async throws -> DeviceGrant {
        let grant = try await grant(userCode, by: owner)
        guard !scopes.isEmpty, scopes.isSubset(of: grant.scopes) else { throw MaxError.scopesExceeded }
        return try await decide(.approved(scopes), grant)
    }

    /// Turns the program away that shows this code.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `user_code_unknown` or `too_many_attempts`.
    @discardableResult
    package func deny(_ userCode: String, by owner: OwnerSession) async throws -> DeviceGrant {
        try await decide(.denied, grant(userCode, by: owner))
    }

    private func decide(_ verdict: DeviceGrant.Verdict, _ grant: DeviceGrant) async throws -> DeviceGrant {
        let decided = try await rows.decide(verdict, on: grant.userCode, at: surroundings.now())
        guard let decided else { throw MaxError.userCodeUnknown }
        return decided
    }

    /// Looks for what a typed code stands for, as long as not too many were wrong (section 5.1).
    private func guessing(
        _ owner: OwnerSession, _ look: () async throws -> DeviceGrant?
    ) async throws -> DeviceGrant {
        let guesser = owner.id.rawValue
        if let wait = userCodes.take(guesser, at: surroundings.now()) { throw MaxError.tooManyAttempts(wait) }
        guard let found = try await look() else { throw MaxError.userCodeUnknown }
        userCodes.forgive(guesser)
        return found
    }
}
