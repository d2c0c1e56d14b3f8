internal import Foundation
package import MaxCore
package import MaxHub

extension AccessService {
    /// How long a link for choosing a passphrase can be used, in seconds: a day.
    static let welcomeLifetime: TimeInterval = 24 * 3600

    /// Whether somebody has chosen a passphrase.
    package func hasOwner() async throws -> Bool { try await rows.passphrase() != nil }

    /// Makes the single-use link with which the owner chooses a passphrase; an earlier one ends.
    ///
    /// It makes whoever opens it the owner: hand it to nobody but the person at this machine.
    package func makeWelcomeLink() async throws -> WelcomeToken {
        let token = WelcomeToken.random()
        try await rows.putWelcome(token.digest, until: surroundings.now() + Self.welcomeLifetime)
        return token
    }

    /// Whether a link can be used; looking does not use it up.
    package func welcomes(_ token: String) async throws -> Bool {
        guard let token = WelcomeToken(token) else { return false }
        return try await rows.hasWelcome(token.digest, at: surroundings.now())
    }

    /// Takes the passphrase that the owner chose, with the link that allows it, and signs the owner in.
    ///
    /// The link is used up and every other session ends in the transaction that stores the passphrase.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `link_spent` or `passphrase_unfit`; the latter leaves the link alone.
    package func choosePassphrase(
        _ passphrase: SecretValue, with token: String, by visitor: Visitor
    ) async throws -> SignedIn {
        guard let link = WelcomeToken(token), try await welcomes(token) else { throw MaxError.welcomeSpent }
        try PassphraseText.requireFit(passphrase)
        let stretched = try await stretch.make(from: passphrase)
        let signedIn = newSession(of: visitor)
        try await rows.choose(
            stretched, with: link.digest, beginning: signedIn.session, signedIn.token.digest)
        return signedIn
    }

    /// Signs the owner in, under a token that did not exist before (so that nobody can plant one beforehand).
    ///
    /// - Parameter former: The token that the browser held until now, if any; its session ends.
    /// - Throws: ``MaxCore/MaxError`` with code `passphrase_wrong`, `too_many_attempts` or `owner_missing`.
    package func signIn(
        _ passphrase: SecretValue, by visitor: Visitor, replacing former: String? = nil
    ) async throws -> SignedIn {
        guard var stored = try await rows.passphrase() else { throw MaxError.ownerMissing }
        let isKnown = try await admitAttempt(of: visitor)
        let former = former.flatMap { OwnerToken($0) }?.digest
        while true {
            guard try await stretch.matches(passphrase, stored) else { throw MaxError.passphraseWrong }
            let raised = stored.cost.work < stretch.cost.work ? try await stretch.make(from: passphrase) : stored
            let signedIn = newSession(of: visitor)
            if try await rows.begin(
                signedIn.session, signedIn.token.digest, knowing: stored, raisedTo: raised, replacing: former)
            {
                signIns.forgive(visitor.network, sparingAll: isKnown)
                return signedIn
            }
            // Another one was chosen while this one was being checked, or the same was raised.
            stored = try await rows.passphrase() ?? stored
        }
    }

    private func newSession(of visitor: Visitor) -> SignedIn {
        let now = surroundings.now()
        let session = OwnerSession(
            id: OwnerSessionID(in: surroundings), visitor: visitor, beganAt: now, seenAt: now)
        return SignedIn(token: .random(), session: session)
    }

    /// Counts an attempt before it is checked, so that many at once are not more than many in turn.
    ///
    /// A network that the owner is signed in from is not slowed down by what strangers do elsewhere.
    ///
    /// - Returns: Whether it is such a network.
    private func admitAttempt(of visitor: Visitor) async throws -> Bool {
        let now = surroundings.now()
        let isKnown = try await sessions().contains { $0.visitor.network == visitor.network }
        if let wait = signIns.take(visitor.network, sparingAll: isKnown, at: now) {
            throw MaxError.tooManyAttempts(wait)
        }
        return isKnown
    }
}
