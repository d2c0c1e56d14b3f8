internal import Foundation
internal import MaxCore
package import MaxHub

extension AccessService {
    /// How long a link to a setup can be used, in seconds.
    static let linkLifetime: TimeInterval = 15 * 60
    /// How many links to one setup there can be; with another one the oldest ends.
    static let mostLinks = 20

    /// Makes a single-use link to a setup that an agent began, for the agent to show to the owner.
    ///
    /// The link alone gives nothing: ``open(_:by:)`` asks for the owner. Make one for each step, not for each look at it.
    package func ownerLink(for setup: SessionID) async throws -> OwnerLinkToken {
        let token = OwnerLinkToken.random()
        try await rows.putLink(
            token.digest, to: setup, until: surroundings.now() + Self.linkLifetime, atMost: Self.mostLinks)
        return token
    }

    /// Uses a link up, for the owner.
    ///
    /// - Returns: The setup it leads to; whether that still goes on is the setup's own word.
    /// - Throws: ``MaxCore/MaxError`` with code `link_spent`.
    package func open(_ token: String, by owner: OwnerSession) async throws -> SessionID {
        guard let token = OwnerLinkToken(token),
            let setup = try await rows.useLink(token.digest, at: surroundings.now())
        else { throw MaxError.ownerLinkSpent }
        return setup
    }
}
