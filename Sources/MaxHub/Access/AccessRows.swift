package import Foundation

/// The place where it lies who may come in: the owner's passphrase, sessions and links, agents and those who wait.
///
/// Each method is one transaction. Of a token only the digest is stored.
package protocol AccessRows: OwnerRows, AgentRows {
    /// Removes every session, link, request and agent that is over at that time.
    ///
    /// A request stays for as long again as it waited, so that a late program learns what became of it.
    func sweepAccess(at time: Date) async throws
}

/// The owner's part of it.
package protocol OwnerRows: Sendable {
    /// The passphrase that was chosen last; nil before the first time.
    func passphrase() async throws -> StretchedPassphrase?
    /// Stores the link with which a passphrase is chosen, in place of any earlier one.
    func putWelcome(_ token: TokenDigest, until: Date) async throws
    /// Whether that link can be used.
    func hasWelcome(_ token: TokenDigest, at time: Date) async throws -> Bool
    /// Uses the link up, stores the passphrase, ends every session and begins this one, whole or not at all.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `link_spent`.
    func choose(
        _ passphrase: StretchedPassphrase, with link: TokenDigest, beginning session: OwnerSession, _ token: TokenDigest
    ) async throws
    /// Begins a session of whoever knew `passphrase`, puts `raised` in its place, and ends the session `former`.
    ///
    /// - Returns: False, with nothing changed, when another passphrase was chosen in the meantime.
    func begin(
        _ session: OwnerSession, _ token: TokenDigest, knowing passphrase: StretchedPassphrase,
        raisedTo raised: StretchedPassphrase, replacing former: TokenDigest?
    ) async throws -> Bool
    /// The session of that token, expired or not.
    func ownerSession(_ token: TokenDigest) async throws -> OwnerSession?
    /// Every session, expired or not, the newest first.
    func ownerSessions() async throws -> [OwnerSession]
    /// Notes that a session was used.
    func noteSession(_ id: OwnerSessionID, seenAt time: Date) async throws
    /// Ends a session.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func endSession(_ id: OwnerSessionID) async throws -> Bool
    /// Ends the session of that token, if there is one.
    func endSession(_ token: TokenDigest) async throws
    /// Stores a link to a setup; of the links to one setup the newest `most` stay.
    func putLink(_ token: TokenDigest, to setup: SessionID, until: Date, atMost most: Int) async throws
    /// Uses a link to a setup up.
    ///
    /// - Returns: The setup; nil when there is no such link at that time.
    func useLink(_ token: TokenDigest, at time: Date) async throws -> SessionID?
}

/// The agents' part of it.
package protocol AgentRows: Sendable {
    /// Stores a request with the digest of its device code and the seed of the token it may get.
    ///
    /// - Returns: False, with nothing stored, when another request has its user code.
    /// - Throws: ``MaxCore/MaxError`` with code `grants_full` when `most` requests wait.
    func putGrant(_ grant: DeviceGrant, _ code: TokenDigest, seed: Data, atMost most: Int) async throws -> Bool
    /// The request with that user code, whatever became of it.
    func grant(_ code: UserCode) async throws -> DeviceGrant?
    /// The request with that device code, whatever became of it, and the seed of its token.
    func grant(_ code: TokenDigest) async throws -> (grant: DeviceGrant, seed: Data)?
    /// Stores the owner's decision.
    ///
    /// - Returns: The request; nil, with nothing changed, when none waits with that code at that time.
    func decide(_ verdict: DeviceGrant.Verdict, on code: UserCode, at time: Date) async throws -> DeviceGrant?
    /// Notes that a program asked, and how long it has to wait before the next time.
    ///
    /// - Returns: False, with nothing changed, when it asked another time since `last`.
    func notePoll(_ code: TokenDigest, since last: Date?, at time: Date, interval: Int) async throws -> Bool
    /// Stores the agent that an approved request becomes, and marks the request as redeemed.
    ///
    /// - Returns: False, with nothing changed, when the request is not approved, or redeemed already.
    func admit(_ agent: Agent, _ token: TokenDigest, by code: TokenDigest) async throws -> Bool
    /// The agent of that token, expired or not.
    func agent(_ token: TokenDigest) async throws -> Agent?
    /// Every agent, expired or not, the newest first.
    func agents() async throws -> [Agent]
    /// Notes that an agent was used.
    func noteAgent(_ id: AgentID, usedAt time: Date) async throws
    /// Removes an agent, and the request it came from.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func removeAgent(_ id: AgentID) async throws -> Bool
}
