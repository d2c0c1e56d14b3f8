internal import Crypto
internal import Foundation
package import MaxHub

extension AccessService {
    /// How much older the note of the last use has to be before it is written anew, in seconds.
    static let noteInterval: TimeInterval = 60

    /// The session of a token; nil when there is none, or it is over.
    package func session(_ token: String) async throws -> OwnerSession? {
        guard let token = OwnerToken(token), var session = try await rows.ownerSession(token.digest) else { return nil }
        let now = surroundings.now()
        guard now < session.expiresAt else { return nil }
        if now.timeIntervalSince(session.seenAt) >= Self.noteInterval {
            // A disk that is full, or busy, is no reason to send the owner away.
            try? await rows.noteSession(session.id, seenAt: now)
            session.seenAt = now
        }
        return session
    }

    /// The sessions that are not over, the newest first.
    package func sessions() async throws -> [OwnerSession] {
        let now = surroundings.now()
        return try await rows.ownerSessions().filter { now < $0.expiresAt }
    }

    /// Ends the session of a token.
    package func signOut(_ token: String) async throws {
        guard let token = OwnerToken(token) else { return }
        try await rows.endSession(token.digest)
    }

    /// Ends a session.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    package func revoke(_ id: OwnerSessionID) async throws -> Bool { try await rows.endSession(id) }
}

extension AccessService {
    /// The token that a form of this session carries, so that no other site can send it (CSRF).
    ///
    /// It is an HMAC under the session's own token (RFC 2104): nothing is stored, and it ends with the session.
    package func csrfToken(of token: OwnerToken) -> String { Data(token.csrfCode).base64URL }

    /// Whether a form came from a page of this session.
    package func accepts(csrf: String, for token: OwnerToken) -> Bool {
        guard let code = Data(base64URL: csrf) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: OwnerToken.csrfPurpose, using: token.key)
    }
}

extension OwnerToken {
    fileprivate static let csrfPurpose = Array("max csrf v1".utf8)
    fileprivate var csrfCode: HMAC<SHA256>.MAC { HMAC<SHA256>.authenticationCode(for: Self.csrfPurpose, using: key) }
}
